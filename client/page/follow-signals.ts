/** Draws a component again when a signal that it read has changed. Must not know what is drawn. */
import { effect } from '@preact/signals-core';
import { type Component, Fragment, type FunctionComponent, options } from 'preact';

interface Following extends Component {
  /** Ends what the last drawing has begun. */
  unfollow?: () => void;
}

const known = new WeakMap<FunctionComponent, FunctionComponent>();

/**
 * Once for the page, before anything is drawn. The server draws without it, since nothing changes there.
 * The library that does so too takes signals as attributes and as texts besides, which nothing here uses:
 * more than a kilobyte of the first load.
 */
export function followSignals() {
  const { vnode: before } = options;
  options.vnode = (vnode) => {
    const { type } = vnode;
    // Preact knows these by themselves: fragments, and both ends of a context.
    const isOwn = type === Fragment || 'Provider' in Object(type) || 'contextType' in Object(type);
    if (typeof type === 'function' && !isOwn) vnode.type = followingOf(type as FunctionComponent);
    before?.(vnode);
  };
}

/** The same one each time, for Preact makes another type another element. */
function followingOf(type: FunctionComponent): FunctionComponent {
  const following = known.get(type) ?? createFollowing(type);
  known.set(type, following);
  // What is cloned has it already.
  known.set(following, following);
  return following;
}

function createFollowing(type: FunctionComponent): FunctionComponent {
  return function (this: Following, props, context) {
    let drawn: ReturnType<FunctionComponent> = null;
    let isDrawn = false;
    if (this.unfollow) this.unfollow();
    // First of all, for Preact's hooks add to it.
    else this.componentWillUnmount = () => this.unfollow?.();
    this.unfollow = effect(() => {
      // Reads nothing then, so that it is called once.
      if (isDrawn) this.forceUpdate();
      else {
        isDrawn = true;
        drawn = type.call(this, props, context);
      }
    });
    return drawn;
  };
}
