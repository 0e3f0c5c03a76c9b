/** A ring, drawn for Mooring: an outer and an inner stadium. */
export const logo = 'M8 5h8a7 7 0 0 1 0 14H8A7 7 0 0 1 8 5Zm.2 2.6a4.4 4.4 0 0 0 0 8.8h7.6a4.4 4.4 0 0 0 0-8.8H8.2Z';
