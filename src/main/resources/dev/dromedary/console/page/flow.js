// The flow, drawn from the routes as Camel has loaded them, with what passes through them.

import {ROUTES, STEPS, ask, read} from './beans.js';
import {byId, drawn, mark, say} from './dom.js';
import {count} from './words.js';

const COUNTS = ['RouteId', 'State', 'ExchangesTotal', 'ExchangesFailed', 'ExchangesInflight'];
const STRUCTURE = ['RouteId', 'EndpointUri', 'Description', 'State'];
const STEP = ['RouteId', 'ProcessorId', 'ProcessorName', 'Index', 'Level', 'Destination', 'Description', 'ExchangesInflight'];
const STRUCTURE_EVERY = 20;
const BOX = {width: 176, height: 42, gapX: 54, gapY: 7, margin: 2, step: 8};

let boxes = new Map();
let drawnFor = '';
let ticks = 0;

export function start() {}

export const questions = () => [read(ROUTES, ...COUNTS)];

export function show([routes]) {
  if (!routes) {
    return;
  }
  const all = Object.values(routes);
  const names = all.map((route) => route.RouteId).sort().join(' ');
  if (names !== drawnFor || ticks++ % STRUCTURE_EVERY === 0) {
    drawnFor = names;
    redraw();
  }
  all.forEach(paint);
}

async function redraw() {
  const [routes, steps] = await ask([read(ROUTES, ...STRUCTURE), read(STEPS, ...STEP)]).catch(() => []);
  if (!routes) {
    return;
  }
  const nodes = graph(Object.values(routes), Object.values(steps ?? {}));
  const shape = JSON.stringify(nodes.map((n) => [n.id, n.from, n.to, n.steps.map((s) => s.ProcessorId)]));
  if (shape !== byId('flow').dataset.shape) {
    byId('flow').dataset.shape = shape;
    draw(nodes);
  }
}

/** Which route hands over to which: by the endpoint one sends to and the other consumes from. */
function graph(routes, steps) {
  const nodes = routes.map((route) => ({
    id: route.RouteId,
    from: route.EndpointUri,
    description: route.Description,
    steps: steps.filter((s) => s.RouteId === route.RouteId).sort((a, b) => (a.Index ?? 0) - (b.Index ?? 0)),
    to: [],
    outside: [],
    level: 0,
  }));
  const byEndpoint = new Map(nodes.map((node) => [endpoint(node.from), node]));
  for (const node of nodes) {
    for (const destination of node.steps.map((s) => s.Destination).filter(Boolean)) {
      const next = byEndpoint.get(endpoint(destination));
      if (!next) {
        node.outside.push(scheme(destination));
      } else if (next !== node && !node.to.includes(next.id)) {
        node.to.push(next.id);
      }
    }
  }
  const byName = new Map(nodes.map((node) => [node.id, node]));
  const reach = (node, level, above) => {
    node.level = Math.max(node.level, level);
    node.to.filter((id) => !above.includes(id)).forEach((id) => reach(byName.get(id), level + 1, [...above, id]));
  };
  const called = new Set(nodes.flatMap((node) => node.to));
  nodes.filter((node) => !called.has(node.id)).forEach((node) => reach(node, 0, [node.id]));
  // What no route calls and nothing outside starts is called by an error handler: it comes last.
  const last = Math.max(...nodes.map((node) => node.level));
  nodes.filter((node) => !called.has(node.id) && scheme(node.from) === 'direct').forEach((node) => {
    node.level = Math.max(1, last);
    node.isHandler = true;
  });
  return nodes;
}

const endpoint = (uri) => String(uri ?? '').replace(/\?.*/, '').replace(/^(\w+):\/\//, '$1:');
const scheme = (uri) => String(uri ?? '').replace(/:.*/, '');

function draw(nodes) {
  const columns = [];
  nodes.sort((a, b) => Number(Boolean(a.isHandler)) - Number(Boolean(b.isHandler)) || a.id.localeCompare(b.id));
  nodes.forEach((node) => (columns[node.level] ??= []).push(node));
  const tallest = Math.max(...columns.map((column) => column?.length ?? 0));
  const width = columns.length * (BOX.width + BOX.gapX) - BOX.gapX + 2 * BOX.margin;
  const height = tallest * (BOX.height + BOX.gapY) - BOX.gapY + 2 * BOX.margin;
  columns.forEach((column, x) => column.forEach((node, y) => {
    node.x = BOX.margin + x * (BOX.width + BOX.gapX);
    const used = column.length * (BOX.height + BOX.gapY) - BOX.gapY;
    node.y = (height - used) / 2 + y * (BOX.height + BOX.gapY);
  }));
  boxes = new Map();
  const byName = new Map(nodes.map((node) => [node.id, node]));
  const lines = nodes.flatMap((node) => node.to.map((id) => line(node, byName.get(id))));
  const picture = drawn('svg', {viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Routes'},
    ...lines, ...nodes.map(box));
  byId('flow').replaceChildren(picture);
}

function line(from, to) {
  const x1 = from.x + BOX.width;
  const y1 = from.y + BOX.height / 2;
  const x2 = to.x;
  const y2 = to.y + BOX.height / 2;
  const bend = (x2 - x1) / 2;
  return drawn('g', {class: 'link', 'data-to': to.id},
    drawn('path', {d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 5} ${y2}`}),
    drawn('path', {class: 'tip', d: `M${x2} ${y2}l-7 -4v8z`}));
}

function box(node) {
  const counts = drawn('text', {class: 'counts', x: node.x + 10, y: node.y + 29});
  const failed = drawn('tspan', {class: 'bad'});
  const passed = drawn('tspan');
  counts.append(passed, failed);
  const busy = drawn('text', {class: 'busy', x: node.x + BOX.width - 10, y: node.y + 15, 'text-anchor': 'end'});
  const start = drawn('text', {class: 'from', x: node.x + BOX.width - 10, y: node.y + 29, 'text-anchor': 'end'},
    scheme(node.from));
  const title = drawn('title', {}, [node.description, ...node.steps.map((s) => `${s.ProcessorId} (${s.ProcessorName})`)].filter(Boolean).join('\n'));
  const room = Math.floor((BOX.width - 20) / (BOX.step + 3));
  const steps = node.steps.slice(0, room).map((s, index) => drawn('rect', {
    class: s.Destination ? 'step out' : 'step',
    x: node.x + 10 + index * (BOX.step + 3), y: node.y + 34, width: BOX.step, height: 4, rx: 2,
  }));
  const group = drawn('g', {class: node.isHandler ? 'route handler' : 'route', 'data-route': node.id, role: 'group'},
    title,
    drawn('rect', {class: 'box', x: node.x, y: node.y, width: BOX.width, height: BOX.height, rx: 7}),
    drawn('text', {class: 'id', x: node.x + 10, y: node.y + 15}, node.id),
    counts, busy, start, ...steps);
  boxes.set(node.id, {group, passed, failed, busy});
  return group;
}

function paint(route) {
  const shown = boxes.get(route.RouteId);
  if (!shown) {
    return;
  }
  const {ExchangesTotal: total, ExchangesFailed: failed, ExchangesInflight: inflight, State: state} = route;
  say(shown.passed, `${count(total)} done`);
  say(shown.failed, failed ? ` ${count(failed)} failed` : '');
  say(shown.busy, state !== 'Started' ? state.toLowerCase() : inflight ? count(inflight) : '');
  mark(shown.group, 'data-busy', inflight > 0 ? '' : null);
  mark(shown.group, 'data-stopped', state === 'Started' ? null : '');
  mark(shown.group, 'aria-label', `${route.RouteId}: ${count(inflight)} in flight, ${count(total)} done, ${count(failed)} failed`);
  document.querySelectorAll(`.link[data-to="${CSS.escape(route.RouteId)}"]`)
    .forEach((link) => mark(link, 'data-busy', inflight > 0 ? '' : null));
}
