package org.milena.archive.message;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The text of a post, told apart by what its lines are. Nothing of it is lost and nothing is in it
 * twice: {@link #whole()} is the text as it was.
 *
 * @param blocks in the order of the text; two that follow each other are of different kinds
 */
public record PostText(List<TextBlock> blocks) {

  /** No text. */
  public static final PostText EMPTY = new PostText(List.of());

  public PostText {
    blocks = List.copyOf(blocks);
  }

  /** All of it. Lines end in LF, but the last one. */
  public String whole() {
    return blocks.stream().map(TextBlock::text).collect(Collectors.joining("\n"));
  }

  /** How many characters it has. */
  public int length() {
    return blocks.stream().mapToInt(block -> block.text().length() + 1).sum();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** The letters of the blocks' kinds, in their order. */
  public String layout() {
    StringBuilder letters = new StringBuilder(blocks.size());
    blocks.forEach(block -> letters.append(block.kind().letter()));
    return letters.toString();
  }

  /** The blocks' texts by kind; a kind that does not occur is left out. */
  public Map<TextBlock.Kind, List<String>> byKind() {
    Map<TextBlock.Kind, List<String>> texts = new EnumMap<>(TextBlock.Kind.class);
    blocks.forEach(
        block -> texts.computeIfAbsent(block.kind(), _ -> new ArrayList<>()).add(block.text()));
    return texts;
  }

  /**
   * Puts a text together that was taken apart by {@link #layout()} and {@link #byKind()}.
   *
   * @throws IllegalArgumentException when the two do not belong together
   */
  public static PostText of(String layout, Map<TextBlock.Kind, List<String>> texts) {
    Map<TextBlock.Kind, Integer> taken = new EnumMap<>(TextBlock.Kind.class);
    List<TextBlock> blocks = new ArrayList<>(layout.length());
    for (char letter : layout.toCharArray()) {
      TextBlock.Kind kind = TextBlock.Kind.of(letter);
      int index = taken.merge(kind, 1, Integer::sum) - 1;
      List<String> ofKind = texts.getOrDefault(kind, List.of());
      if (index >= ofKind.size()) {
        throw new IllegalArgumentException("the text has fewer blocks than its layout " + layout);
      }
      blocks.add(new TextBlock(kind, ofKind.get(index)));
    }
    texts.forEach((kind, ofKind) -> {
      if (ofKind.size() != taken.getOrDefault(kind, 0)) {
        throw new IllegalArgumentException("the text has more blocks than its layout " + layout);
      }
    });
    return new PostText(blocks);
  }
}
