// The sources of the list: a window on as many rows as there are, filled by pages from the service.

import {SOURCES, ask, call, read} from './beans.js';
import {button, byId, element, mark, say, sayShort} from './dom.js';
import {ahead, bytes, count, since} from './words.js';

const ROW_PX = 30;
const HEAD_PX = 24;
const OVERSCAN = 8;
const LARGEST_PAGE = 200;
const MOST_KEPT = 4000;
const TYPING_MS = 150;
const SCROLLING_MS = 60;
const COLUMNS = ['state', 'source', 'target', 'last landed', 'size', 'next due', 'schedule', 'failures', ''];

let act = null;
let refresh = null;
let filter = '';
let total = 0;
let asked = 0;
let scrolling = 0;
let scroll = null;
let space = null;
let known = new Map();
const pool = [];

export function start(context) {
  ({act, refresh} = context);
  const head = element('div', {role: 'row', class: 'row head', 'aria-rowindex': 1});
  COLUMNS.forEach((name) => head.append(element('span', {role: 'columnheader', class: `c-${name.replace(' ', '-') || 'do'}`}, name)));
  space = element('div', {class: 'space', role: 'rowgroup'});
  scroll = element('div', {class: 'scroll', tabindex: 0, role: 'presentation', 'aria-label': 'Sources'},
    element('div', {role: 'rowgroup', class: 'head-group'}, head), space);
  byId('sources').append(scroll);
  scroll.addEventListener('scroll', onScroll, {passive: true});
  new ResizeObserver(paint).observe(scroll);
  byId('sources-search').addEventListener('submit', (event) => event.preventDefault());
  let typing = 0;
  byId('sources-filter').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(search, TYPING_MS);
  });
  byId('sources-state').addEventListener('change', search);
  commands(context.confirm);
}

export function questions() {
  const {first, last} = seen();
  asked = first;
  return [
    call(SOURCES, 'find', filter, first, Math.min(LARGEST_PAGE, Math.max(1, last - first))),
    read(SOURCES, 'Count', 'PausedCount', 'FailingCount'),
  ];
}

export function show([page, counts]) {
  if (page) {
    take(page);
  }
  if (counts) {
    // The panel is as high as its list at most, whatever a search leaves of it.
    scroll.style.containIntrinsicHeight = `${HEAD_PX + counts.Count * ROW_PX}px`;
    const words = [`${count(counts.Count)}`];
    if (filter) {
      words.unshift(`${count(total)} of`);
    }
    if (counts.FailingCount) {
      words.push(`· ${count(counts.FailingCount)} failing`);
    }
    if (counts.PausedCount) {
      words.push(`· ${count(counts.PausedCount)} paused`);
    }
    say(byId('sources-count'), words.join(' '));
  }
}

/** Takes in a page, unless it answers to a filter that is no more. */
function take(page) {
  if (known.size > MOST_KEPT) {
    known = new Map();
  }
  total = page.total;
  page.sources.forEach((source, index) => known.set(page.offset + index, source));
  paint();
}

function search() {
  filter = [byId('sources-state').value, byId('sources-filter').value.trim()].filter(Boolean).join(' ');
  known = new Map();
  scroll.scrollTop = 0;
  mark(byId('sources-all'), 'data-off', pattern() === null ? '' : null);
  [...byId('sources-all').children].forEach((one) => { one.disabled = pattern() === null; });
  refresh();
}

function onScroll() {
  paint();
  clearTimeout(scrolling);
  scrolling = setTimeout(fetchSeen, SCROLLING_MS);
}

async function fetchSeen() {
  const {first, last} = seen();
  for (let row = first; row < last; row++) {
    if (!known.has(row)) {
      const wanted = filter;
      const [page] = await ask([call(SOURCES, 'find', wanted, first, LARGEST_PAGE)]).catch(() => []);
      if (page && wanted === filter) {
        take(page);
      }
      return;
    }
  }
}

/** The rows in the window and a few around them. */
function seen() {
  const first = Math.max(0, Math.floor(scroll.scrollTop / ROW_PX) - OVERSCAN);
  const rows = Math.ceil(scroll.clientHeight / ROW_PX) + 2 * OVERSCAN;
  return {first, last: Math.min(Math.max(total, 1), first + Math.min(rows, LARGEST_PAGE))};
}

function paint() {
  space.style.height = `${total * ROW_PX}px`;
  mark(byId('sources'), 'aria-rowcount', total + 1);
  const {first, last} = seen();
  const shown = Math.max(0, Math.min(last, total) - first);
  while (pool.length < shown) {
    const row = make();
    pool.push(row);
    space.append(row.root);
  }
  // A row keeps its place in the pool for as long as it is in sight, so that focus stays where it is.
  pool.forEach((row) => { row.used = false; });
  for (let index = first; index < first + shown; index++) {
    const row = pool[index % pool.length];
    row.used = true;
    place(row, index);
  }
  pool.forEach((row) => { row.root.hidden = !row.used; });
}

function make() {
  const row = {source: null, used: true, cells: {}};
  const cell = (name) => {
    const made = element('span', {role: 'cell', class: `c-${name}`});
    row.cells[name] = made;
    return made;
  };
  row.poll = button('Poll', () => act(`poll ${row.source.source}`, call(SOURCES, 'poll', row.source.source)));
  row.pause = button('Pause', () => act(`pause ${row.source.source}`, call(SOURCES, 'pause', row.source.source)));
  row.resume = button('Resume', () => act(`resume ${row.source.source}`, call(SOURCES, 'resume', row.source.source)));
  row.badge = element('span', {class: 'badge'});
  const state = cell('state');
  state.append(row.badge);
  row.root = element('div', {role: 'row', class: 'row'},
    state, cell('source'), cell('target'), cell('last-landed'), cell('size'), cell('next-due'), cell('schedule'),
    cell('failures'), element('span', {role: 'cell', class: 'c-do actions'}, row.poll, row.pause, row.resume));
  return row;
}

/** When it is due; a time that has come waits for the end of its transfer, where one is under way. */
function due(source, now) {
  if (source.paused) {
    return 'paused';
  }
  return source.transfer && Date.parse(source.dueAt) <= now ? source.state : ahead(source.dueAt, now);
}

function place(row, index) {
  const source = known.get(index);
  row.source = source ?? null;
  row.root.style.transform = `translateY(${index * ROW_PX}px)`;
  mark(row.root, 'aria-rowindex', index + 2);
  mark(row.root, 'data-source', source?.source);
  mark(row.root, 'data-state', source?.state);
  const now = Date.now();
  const {cells} = row;
  say(row.badge, source ? (source.paused && source.state !== 'paused' ? `${source.state}, paused` : source.state) : '…');
  sayShort(cells.source, source?.source, source && `${source.source}: ${source.url}`);
  sayShort(cells.target, source?.target);
  say(cells['last-landed'], source ? since(source.landedAt, now) : '');
  mark(cells['last-landed'], 'title', source?.landedAt);
  say(cells.size, source ? (source.landedBytes === null ? '–' : bytes(source.landedBytes)) : '');
  say(cells['next-due'], source ? due(source, now) : '');
  mark(cells['next-due'], 'title', source?.dueAt);
  sayShort(cells.schedule, source?.schedule);
  say(cells.failures, source?.failuresInARow ? `${count(source.failuresInARow)} × ${source.code ?? ''}` : '');
  mark(cells.failures, 'title', source?.reason);
  for (const [name, one] of [['Poll', row.poll], ['Pause', row.pause], ['Resume', row.resume]]) {
    mark(one, 'aria-label', source ? `${name} ${source.source}` : name);
  }
  row.poll.hidden = !source || source.paused;
  row.pause.hidden = !source || source.paused;
  row.resume.hidden = !source || !source.paused;
}

/** What commands for all matching would be told: only where a filter is a pattern it means the same. */
function pattern() {
  const text = byId('sources-filter').value.trim();
  if (byId('sources-state').value) {
    return null;
  }
  if (!text) {
    return '*';
  }
  return /^[^\s=]*[*?][^\s=]*$/.test(text) ? text : null;
}

function commands(confirm) {
  for (const [name, operation] of [['Poll all', 'poll'], ['Pause all', 'pause'], ['Resume all', 'resume']]) {
    byId('sources-all').append(button(name, async () => {
      const wanted = pattern();
      const which = wanted === '*' ? 'all sources' : `the ${count(total)} sources like ${wanted}`;
      if (wanted !== null && await confirm(`${name.split(' ')[0]} ${which}?`)) {
        act(`${operation} ${wanted}`, call(SOURCES, operation, wanted));
      }
    }, {title: 'Where the search is empty or a pattern'}));
  }
}
