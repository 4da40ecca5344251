// The total rate as a curve, and the figures of the service as a whole.

import uPlot from './uplot.js';
import {SERVICE, SOURCES, read} from './beans.js';
import {byId, element, mark, say} from './dom.js';
import {bytes, count, duration, rate} from './words.js';

const WINDOW_S = 300;
const NARROW_PX = 360;
const FIGURES = [
  ['running', (s) => count(s.InFlight)],
  ['queued', (s) => count(s.QueueDepth)],
  ['landed', (s) => count(s.LandedCount)],
  ['unchanged', (s) => count(s.UnchangedCount)],
  ['failed', (s) => count(s.FailedCount)],
  ['received', (s) => bytes(s.NetworkBytes)],
];

const times = [];
const now = [];
const smooth = [];
const cells = new Map();
let plot = null;
let last = null;

export function start() {
  const list = byId('figures');
  for (const [name] of FIGURES) {
    const cell = element('dd');
    cells.set(name, cell);
    list.append(element('div', {}, element('dt', {}, name), cell));
  }
  new ResizeObserver(resize).observe(byId('curve'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
}

export const questions = () => [read(SERVICE), read(SOURCES, 'Count', 'PausedCount', 'FailingCount')];

export function show([service]) {
  if (!service) {
    return;
  }
  for (const [name, text] of FIGURES) {
    say(cells.get(name), text(service));
  }
  say(byId('rate-now'), rate(service.BytesPerSecond));
  const at = Date.now() / 1000;
  const isNext = last && service.NetworkBytes >= last.bytes && at > last.at;
  now.push(isNext ? (service.NetworkBytes - last.bytes) / (at - last.at) : null);
  smooth.push(service.BytesPerSecond);
  times.push(at);
  last = {at, bytes: service.NetworkBytes};
  while (times[0] < at - WINDOW_S) {
    [times, now, smooth].forEach((series) => series.shift());
  }
  draw();
  const most = Math.max(...smooth);
  mark(byId('curve'), 'aria-label',
    `The total rate: ${rate(service.BytesPerSecond)} now, at most ${rate(most)} in the last five minutes`);
}

function draw() {
  if (!plot) {
    plot = new uPlot(options(), data(), byId('curve'));
    resize();
  } else {
    plot.setData(data());
  }
}

/** Ends the window at the present, whatever was there before. */
function data() {
  return [times, now, smooth];
}

function redraw() {
  plot?.destroy();
  plot = null;
  if (times.length) {
    draw();
  }
}

function resize() {
  const box = byId('curve');
  if (plot && box.clientWidth > 0) {
    plot.setSize({width: box.clientWidth, height: box.clientHeight});
  }
}

function options() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--muted'),
    font: '11px system-ui, sans-serif',
    ticks: {show: false},
    grid: {stroke: color('--line'), width: 1},
  };
  return {
    width: 400,
    height: 120,
    padding: [8, 18, 0, 0],
    legend: {show: false},
    cursor: {show: false},
    select: {show: false},
    scales: {
      x: {range: () => [times[times.length - 1] - WINDOW_S, times[times.length - 1]]},
      y: {range: (self, low, high) => [0, Math.max(high * 1.1, 1024)]},
    },
    axes: [
      {...axis, size: 24, space: 70,
        values: (self, splits) => splits.map((t) => {
          const ago = Math.round(times[times.length - 1] - t);
          return ago < 1 ? 'now' : `−${duration(ago)}`;
        }),
        splits: (self) => (self.width < NARROW_PX ? [240, 120, 0] : [300, 240, 180, 120, 60, 0]).map((ago) => times[times.length - 1] - ago)},
      {...axis, size: 72, space: 28, incrs: increments(),
        values: (self, splits) => splits.map((v) => (v === 0 ? '0' : rate(v)))},
    ],
    series: [
      {},
      {stroke: 'transparent', fill: color('--curve-fill'), points: {show: false}, width: 0},
      {stroke: color('--curve'), width: 2, points: {show: false}},
    ],
  };
}

/** Steps that are round in binary units. */
function increments() {
  const steps = [];
  for (let unit = 1; unit <= 2 ** 40; unit *= 1024) {
    for (const step of [1, 2, 5, 10, 20, 50, 100, 200, 500]) {
      steps.push(step * unit);
    }
  }
  return steps;
}
