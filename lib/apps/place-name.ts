/** Name of an app or an environment: it stands in addresses, in folders and in commands. */
export const PLACE_NAME = /^[a-z][a-z0-9-]{0,62}$/;
