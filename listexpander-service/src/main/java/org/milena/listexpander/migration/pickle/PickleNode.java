package org.milena.listexpander.migration.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value while the pickle is still read: lists and dictionaries grow, and may be in several
 * places. {@link Freezer} makes a {@link PickleValue} of it.
 */
abstract sealed class PickleNode {

  /** Where the pickle began it. */
  final int offset;

  /** The finished value, once there is one. */
  @Nullable PickleValue value;

  /** Whether its content is being finished: whoever meets it then is inside of it. */
  boolean open;

  /** Values in it, and itself, with all that is shared written out. */
  long values = 1;

  /** Octets of all texts in it, with all that is shared written out. */
  long octets;

  /** How many collections lie in each other, itself included. */
  int height;

  private PickleNode(int offset) {
    this.offset = offset;
  }

  /** A number, a text, or another value without content. */
  static final class Leaf extends PickleNode {
    Leaf(PickleValue value, int offset) {
      super(offset);
      this.value = value;
      this.octets =
          switch (value) {
            case PickleValue.Text text -> text.size();
            case PickleValue.Unicode(var text) -> text.length();
            default -> 0;
          };
    }
  }

  /** A list, or a tuple, which does not grow. */
  static final class Sequence extends PickleNode {
    final boolean growing;
    final List<PickleNode> items;

    /** Owns the list from now on. */
    Sequence(boolean growing, List<PickleNode> items, int offset) {
      super(offset);
      this.growing = growing;
      this.items = items;
    }
  }

  /** A set of what is in a list, or an empty one. */
  static final class SetOf extends PickleNode {
    final Sequence list;

    SetOf(Sequence list, int offset) {
      super(offset);
      this.list = list;
    }
  }

  /** A dictionary: keys, each followed by its value; the last one of a key counts. */
  static final class Dictionary extends PickleNode {
    final List<PickleNode> pairs = new ArrayList<>();

    Dictionary(int offset) {
      super(offset);
    }
  }

  /** An object of the one allowed class. */
  static final class Thing extends PickleNode {
    @Nullable Dictionary state;

    Thing(int offset) {
      super(offset);
    }
  }

  /** The name of an allowed class; no value. */
  static final class ClassName extends PickleNode {
    final AllowedClass allowed;

    ClassName(AllowedClass allowed, int offset) {
      super(offset);
      this.allowed = allowed;
    }
  }
}
