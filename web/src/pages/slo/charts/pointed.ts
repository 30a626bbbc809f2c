import { createContext } from 'preact';
import { signal, type Signal } from '@preact/signals';

/** Which point the mouse, a finger or the keyboard is at, by its place; all charts of a page share it. */
export const Pointed = createContext<Signal<number | null>>(signal(null));
