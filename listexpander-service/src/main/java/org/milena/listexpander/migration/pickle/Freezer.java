package org.milena.listexpander.migration.pickle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.milena.listexpander.migration.pickle.PickleNode.ClassName;
import org.milena.listexpander.migration.pickle.PickleNode.Dictionary;
import org.milena.listexpander.migration.pickle.PickleNode.Leaf;
import org.milena.listexpander.migration.pickle.PickleNode.Sequence;
import org.milena.listexpander.migration.pickle.PickleNode.SetOf;
import org.milena.listexpander.migration.pickle.PickleNode.Thing;
import org.milena.listexpander.migration.pickle.PickleValue.Entries;

/**
 * Makes the value of a node, each node once however often it is shared.
 *
 * <p>The size is counted as if nothing were shared, because that is what a reader of the value
 * walks through; a few octets of a pickle can share their way to billions.
 */
final class Freezer {
  private final PickleLimits limits;

  Freezer(PickleLimits limits) {
    this.limits = limits;
  }

  PickleValue freeze(PickleNode root) throws Refusal {
    return freeze(root, 0);
  }

  private PickleValue freeze(PickleNode node, int depth) throws Refusal {
    PickleValue known = node.value;
    if (known != null) {
      return known;
    }
    if (node.open) {
      throw new Refusal("The value begun at " + node.offset + " holds itself.", node.offset);
    }
    if (depth >= limits.depth()) {
      throw tooDeep(node);
    }
    node.open = true;
    PickleValue frozen =
        switch (node) {
          case Leaf leaf -> throw new AssertionError("a leaf has its value: " + leaf.offset);
          case Sequence sequence -> new PickleValue.Items(items(sequence, depth));
          case SetOf set -> inside(set, set.list, depth);
          case Dictionary dictionary -> new Entries(entries(dictionary, depth));
          case Thing thing ->
              new PickleValue.Instance(
                  AllowedClass.BOUNCE_INFO.fullName(), attributes(thing, thing.state, depth));
          case ClassName name ->
              throw new Refusal(
                  "The name of a class stands at " + name.offset + " in the place of a value.",
                  name.offset);
        };
    node.open = false;
    node.value = frozen;
    return frozen;
  }

  private List<PickleValue> items(Sequence sequence, int depth) throws Refusal {
    List<PickleValue> items = new ArrayList<>(sequence.items.size());
    for (PickleNode item : sequence.items) {
      items.add(inside(sequence, item, depth));
    }
    return items;
  }

  /** The work of sorting is bounded by the octets of the keys, and they are by the limit. */
  private Map<PickleValue, PickleValue> entries(Dictionary dictionary, int depth) throws Refusal {
    Map<PickleValue, PickleValue> entries = new TreeMap<>(Entries.KEYS);
    for (int i = 0; i < dictionary.pairs.size(); i += 2) {
      PickleNode keyNode = dictionary.pairs.get(i);
      PickleValue key = inside(dictionary, keyNode, depth);
      if (!Entries.isKey(key)) {
        throw new Refusal(
            "A key of the dictionary begun at " + dictionary.offset + " is " + key.kind() + ".",
            keyNode.offset);
      }
      entries.put(key, inside(dictionary, dictionary.pairs.get(i + 1), depth));
    }
    return entries;
  }

  private Entries attributes(Thing thing, @Nullable Dictionary state, int depth) throws Refusal {
    if (state == null) {
      return new Entries(Map.of());
    }
    PickleValue frozen = inside(thing, state, depth);
    if (!(frozen instanceof Entries attributes)) {
      throw new AssertionError("a dictionary makes entries");
    }
    for (PickleValue key : attributes.map().keySet()) {
      boolean plain =
          switch (key) {
            case PickleValue.Text text -> {
              byte[] name = text.toByteArray();
              yield name.length < 2 || name[0] != '_' || name[1] != '_';
            }
            case PickleValue.Unicode(var name) -> !name.startsWith("__");
            default -> false;
          };
      if (!plain) {
        throw new Refusal(
            "The object begun at " + thing.offset + " has an attribute of no plain name.",
            thing.offset);
      }
    }
    return attributes;
  }

  /** The value of a part; its size is added to that of the whole. */
  private PickleValue inside(PickleNode whole, PickleNode part, int depth) throws Refusal {
    PickleValue value = freeze(part, depth + 1);
    whole.values += part.values;
    whole.octets += part.octets;
    whole.height = Math.max(whole.height, part.height + 1);
    if (whole.values > limits.values() || whole.octets > limits.writtenOut()) {
      throw new Refusal(
          "The value begun at " + whole.offset + " is too large when written out.", whole.offset);
    }
    if (whole.height > limits.depth()) {
      throw tooDeep(whole);
    }
    return value;
  }

  private Refusal tooDeep(PickleNode node) {
    return new Refusal("The pickle is deeper than " + limits.depth() + ".", node.offset);
  }
}
