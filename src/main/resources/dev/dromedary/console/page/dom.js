// Making and changing elements. Whatever comes from the service becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** Returns the element of the page with an id. */
export const byId = (id) => document.getElementById(id);

/** Makes an element; a child is a node or a text. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** Makes an element of a drawing. */
export function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Makes a button that does something. */
export function button(label, act, attributes = {}) {
  const made = element('button', {type: 'button', ...attributes}, label);
  made.addEventListener('click', act);
  return made;
}

/** Shows a text; touches the page only when it is another one. */
export function say(node, text) {
  const next = text ?? '';
  if (node.textContent !== next) {
    node.textContent = next;
  }
}

/** Shows a text that may be cut off, and tells all of it, or more, where the pointer rests. */
export function sayShort(node, text, title = text) {
  say(node, text);
  mark(node, 'title', title || null);
}

/** Sets an attribute, or removes it for null; touches the page only when it differs. */
export function mark(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) {
      node.removeAttribute(name);
    }
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

/**
 * Keeps a list's items in step with some things: an item is made once for a key and lives, focus
 * and all, as long as its key.
 */
export function keyed(parent, make, update) {
  const items = new Map();
  return (things, keyOf) => {
    const keys = new Set(things.map(keyOf));
    for (const [key, item] of items) {
      if (!keys.has(key)) {
        item.root.remove();
        items.delete(key);
      }
    }
    let before = parent.firstElementChild;
    for (const thing of things) {
      const key = keyOf(thing);
      let item = items.get(key);
      if (!item) {
        item = make(thing);
        items.set(key, item);
      }
      update(item, thing);
      if (item.root === before) {
        before = before.nextElementSibling;
      } else {
        parent.insertBefore(item.root, before);
      }
    }
  };
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}
