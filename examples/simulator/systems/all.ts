import type { SystemPlan } from '../system';
import { faciliauto } from './faciliauto';
import { mercenary } from './mercenary';
import { patacao } from './patacao';
import { petswipe } from './petswipe';
import { todo } from './todo';

export const SYSTEMS: readonly SystemPlan[] = [patacao, faciliauto, petswipe, todo, mercenary];
