// The limits, which can be changed while transfers run.

import {LIMITS, SERVICE, call, read, write} from './beans.js';
import {byId, element, keyed, mark, say} from './dom.js';
import {ahead, bytes, count, parseRate, rate} from './words.js';

const MOST_CONNECTIONS = 1000;
const CONFIGURED = 'configured';
const AS_CONFIGURED = -1;

let act = null;
let fillLasting = null;
let fillPassing = null;
let known = null;

export function start(context) {
  act = context.act;
  fillLasting = keyed(byId('limits-lasting'), makeFact, updateFact);
  fillPassing = keyed(byId('limits-passing'), makeFact, updateFact);
  onSubmit('limit-rate', ['limit-rate-value'], async (text) => {
    if (text.trim() === CONFIGURED) {
      return ['all transfers: as configured', write(LIMITS, 'BytesPerSecond', AS_CONFIGURED)];
    }
    const value = parseRate(text);
    return [`all transfers: ${limit(value)}`, write(LIMITS, 'BytesPerSecond', value)];
  });
  onSubmit('limit-concurrency', ['limit-concurrency-value'], async (text) => {
    if (text.trim() === CONFIGURED) {
      return ['at a time: as configured', write(LIMITS, 'Concurrency', AS_CONFIGURED)];
    }
    const most = known?.MaxConcurrency ?? 1;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new Error(`“${text}”: expected 1 to ${most} transfers at a time, or ${CONFIGURED}`);
    }
    return [`at a time: ${value}`, write(LIMITS, 'Concurrency', value)];
  });
  onSubmit('limit-origin', ['limit-origin-host', 'limit-origin-value'], async (host, text) => {
    if (!host.trim()) {
      throw new Error('expected a host');
    }
    if (text.trim() === CONFIGURED) {
      return [`${host.trim()}: as configured`, call(LIMITS, 'limitOrigin', host.trim(), AS_CONFIGURED)];
    }
    const value = parseRate(text);
    return [`${host.trim()}: ${limit(value)}`, call(LIMITS, 'limitOrigin', host.trim(), value)];
  });

  onSubmit('limit-connections', ['limit-connections-host', 'limit-connections-value'], async (text, many) => {
    const host = text.trim();
    if (many.trim() === CONFIGURED) {
      return host
        ? [`${host}: connections as configured`, call(LIMITS, 'limitOriginConnections', host, AS_CONFIGURED)]
        : ['each host: connections as configured', write(LIMITS, 'ConnectionsPerHost', AS_CONFIGURED)];
    }
    const value = Number(many);
    if (!Number.isInteger(value) || value < 1 || value > MOST_CONNECTIONS) {
      throw new Error(`“${many}”: expected 1 to ${MOST_CONNECTIONS} connections, or ${CONFIGURED}`);
    }
    return host
      ? [`${host}: ${connections(value)}`, call(LIMITS, 'limitOriginConnections', host, value)]
      : [`each host: ${connections(value)}`, write(LIMITS, 'ConnectionsPerHost', value)];
  });
}

export const questions = () => [read(LIMITS), read(SERVICE, 'DiskFreeBytes', 'DiskReservedBytes', 'LedgerBytes', 'RestingHosts')];

export function show([limits, disk]) {
  if (!limits) {
    return;
  }
  known = limits;
  offer('limit-rate-value', limits.BytesPerSecond ? rate(limits.BytesPerSecond) : '');
  offer('limit-concurrency-value', String(limits.Concurrency));
  mark(byId('limit-concurrency-value'), 'title', `1 to ${limits.MaxConcurrency}, or ${CONFIGURED}`);
  const byHand = (what) => (limits.ByHand?.includes(what) ? ' (by hand)' : '');
  const facts = [
    ['connections', `${count(limits.ConnectionsPerTransfer)} a transfer, ${count(limits.ConnectionsPerHost)} a host${byHand('connections')}`],
  ];
  for (const [host, perSecond] of Object.entries(limits.OriginBytesPerSecond ?? {})) {
    facts.push([host, limit(perSecond) + byHand(`rate of ${host}`)]);
  }
  for (const [host, most] of Object.entries(limits.OriginConnections ?? {})) {
    facts.push([`${host} has`, `${connections(most)} at most` + byHand(`connections of ${host}`)]);
  }
  for (const [id, perSecond] of Object.entries(limits.SourceBytesPerSecond ?? {})) {
    facts.push([`source ${id}`, limit(perSecond) + byHand(`rate of source ${id}`)]);
  }
  if (disk) {
    facts.push(['disk', `${bytes(disk.DiskFreeBytes)} free, ${bytes(disk.DiskReservedBytes)} still needed`]);
    facts.push(['ledger', bytes(disk.LedgerBytes)]);
  }
  fillLasting(facts, ([name]) => name);
  fillPassing(hosts(limits.Hosts ?? [], disk?.RestingHosts ?? {}), ([name]) => name);
}

/** What hosts do at the moment: these come and go with each poll. */
function hosts(used, resting) {
  const rests = Object.entries(resting)
    .map(([host, until]) => [`${host} rests`, `it fails; asked again ${ahead(until, Date.now())}`]);
  const uses = used.map(({host, granted, used: many, waitingTransfers: waiting}) => {
    const more = waiting ? `, ${count(waiting)} transfers wait` : '';
    return [`${host} uses`, `${count(many)} of ${connections(granted)}${more}`];
  });
  return [...rests, ...uses];
}

const limit = (perSecond) => (perSecond ? rate(perSecond) : 'no limit');

const connections = (many) => `${count(many)} connection${many === 1 ? '' : 's'}`;

function makeFact() {
  const name = element('dt');
  const text = element('dd');
  return {root: element('div', {}, name, text), name, text};
}

function updateFact(item, [name, text]) {
  say(item.name, name);
  say(item.text, text);
}

/** Shows what holds, unless somebody is writing there. */
function offer(id, text) {
  const input = byId(id);
  if (document.activeElement !== input && !input.dataset.edited) {
    input.value = text;
  }
}

function onSubmit(id, inputs, decide) {
  const fields = inputs.map(byId);
  fields.forEach((field) => field.addEventListener('input', () => { field.dataset.edited = 'yes'; }));
  byId(id).addEventListener('submit', async (event) => {
    event.preventDefault();
    const error = byId('limit-error');
    try {
      const [what, question] = await decide(...fields.map((field) => field.value));
      say(error, '');
      fields.forEach((field) => mark(field, 'aria-invalid', null));
      await act(what, question);
      fields.forEach((field) => { delete field.dataset.edited; });
    } catch (refused) {
      say(error, refused.message);
      fields.forEach((field) => mark(field, 'aria-invalid', 'true'));
    }
  });
}
