/** A stack of discs, drawn here: the vendor lets nobody ship its own. */
export const logo =
  'M12 1C6.5 1 2 2.8 2 5s4.5 4 10 4 10-1.8 10-4-4.5-4-10-4Zm-10 7v4c0 2.2 4.5 4 10 4s10-1.8 10-4V8c-2 1.9-5.8 3-10 3S4 9.9 2 8Zm0 7v4c0 2.2 4.5 4 10 4s10-1.8 10-4v-4c-2 1.9-5.8 3-10 3S4 16.9 2 15Z';
