import { z } from 'zod';

/** A calendar date of Asia/Shanghai, `2026-11-23`. Dates are compared as the texts that they are. */
export const localDate = z.iso.date();

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** The date that many days later; earlier, where the number is negative. */
export const addDays = (date: string, days: number): string =>
	new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);

/** From one date to another; negative where the other is earlier. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (date: string): number => new Date(date).getUTCDay() || 7;

/** When a date begins in Shanghai, in milliseconds since 1970. */
export const startOfDay = (date: string): number => Date.parse(date) - SHANGHAI_MS;
