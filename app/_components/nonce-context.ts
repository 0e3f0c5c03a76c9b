'use client';
import { createContext } from 'react';

/** What style sheets made in the browser must carry to pass the page's Content-Security-Policy. */
export const NonceContext = createContext<string | undefined>(undefined);
