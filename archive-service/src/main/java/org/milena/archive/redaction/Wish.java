package org.milena.archive.redaction;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be taken out of a message.
 *
 * @param passages texts, each wherever it stands: in the text, quoted, in HTML, in the header
 * @param parts numbers of attachments, as {@link org.milena.archive.message.Attachment#part()}
 */
public record Wish(List<String> passages, Set<String> parts) {

  /** Texts of one wish. */
  public static final int MAX_PASSAGES = 20;

  /** Characters of each, at least; shorter ones would take a message apart. */
  public static final int MIN_LENGTH = 3;

  /** Characters of each, at most. */
  public static final int MAX_LENGTH = 2_000;

  public Wish {
    passages = passages.stream().map(Passages::plain).distinct().toList();
    parts = Set.copyOf(parts);
  }

  /** Why this is no wish, one sentence; empty when it is one. */
  public Optional<String> problem() {
    if (passages.isEmpty() && parts.isEmpty()) {
      return Optional.of("Say which passages or which attachments are taken out.");
    }
    if (passages.size() > MAX_PASSAGES || parts.size() > MAX_PASSAGES) {
      return Optional.of(
          "At most %d passages and %d attachments are taken out at once."
              .formatted(MAX_PASSAGES, MAX_PASSAGES));
    }
    for (String passage : passages) {
      long signs = passage.codePoints().filter(c -> c != ' ').count();
      if (signs < MIN_LENGTH || passage.length() > MAX_LENGTH) {
        return Optional.of("A passage has %d to %,d characters.".formatted(MIN_LENGTH, MAX_LENGTH));
      }
      if (Passages.isOurs(passage)) {
        return Optional.of(
            "\"%s\" is part of the words that stand there instead: give more of what is around it."
                .formatted(passage));
      }
    }
    return Optional.empty();
  }

  /** In a few words: {@code 2 passages and 1 attachment}. */
  public String summary() {
    String texts = count(passages.size(), "passage");
    String files = count(parts.size(), "attachment");
    return texts.isEmpty() || files.isEmpty() ? texts + files : texts + " and " + files;
  }

  private static String count(int number, String word) {
    return number == 0 ? "" : number + " " + word + (number == 1 ? "" : "s");
  }
}
