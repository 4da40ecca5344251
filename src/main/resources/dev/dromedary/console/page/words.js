// How amounts, rates and times are put into words; the same words as the command line's.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const COUNT = new Intl.NumberFormat('en');
const FACTORS = {
  '': 1, b: 1,
  kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12,
  kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40,
};

/** 1234567 → 1,234,567 */
export const count = (number) => (Number.isFinite(number) ? COUNT.format(number) : '–');

/** 12910592 → 12.3 MiB */
export function bytes(amount) {
  if (!Number.isFinite(amount)) {
    return '–';
  }
  let unit = 0;
  let value = amount;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** 12910592 → 12.3 MiB/s */
export const rate = (perSecond) => `${bytes(perSecond)}/s`;

/** 3725 → 1 h 2 min, 3599 → 59 min: what is small beside the rest is left out. */
export function duration(seconds) {
  if (!Number.isFinite(seconds)) {
    return '–';
  }
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const first = parts.findIndex(([size]) => s >= size);
  const [size, name] = parts[first];
  const [nextSize, nextName] = parts[first + 1];
  const whole = Math.floor(s / size);
  const rest = whole < 10 ? Math.floor((s % size) / nextSize) : 0;
  return `${whole} ${name}${rest ? ` ${rest} ${nextName}` : ''}`;
}

/** How long ago a time was, or how far it lies ahead. */
export function since(time, now) {
  if (!time) {
    return '–';
  }
  const seconds = (now - Date.parse(time)) / 1000;
  return seconds >= 0 ? `${duration(seconds)} ago` : `in ${duration(-seconds)}`;
}

/** How far ahead a time lies; what is past is due now. */
export function ahead(time, now) {
  if (!time) {
    return '–';
  }
  const seconds = (Date.parse(time) - now) / 1000;
  return seconds <= 0 ? 'now' : `in ${duration(seconds)}`;
}

/** A time of day for the eye, the date beside it when it is not today. */
export function clock(time) {
  const at = new Date(time);
  const sameDay = at.toDateString() === new Date().toDateString();
  return sameDay ? at.toLocaleTimeString() : at.toLocaleString();
}

/** Reads what a user writes for a rate: 0, 500kB, 20 MiB/s. Throws what was expected. */
export function parseRate(text) {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?b?)(?:\/s)?$/i.exec(text.trim() || '0');
  const factor = match && FACTORS[match[2].toLowerCase()];
  if (!factor) {
    throw new Error(`“${text}”: expected bytes a second as 20MiB, 500kB or 0 for no limit`);
  }
  return Math.round(Number(match[1]) * factor);
}
