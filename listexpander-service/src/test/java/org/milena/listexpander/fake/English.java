package org.milena.listexpander.fake;

import java.util.Set;
import java.util.TreeSet;

/** Finds English in what should be in another language. */
public final class English {
  /** Words of our English sentences that no German one has. */
  private static final Set<String> WORDS =
      Set.of(
          "The",
          "It",
          "Its",
          "Every",
          "Such",
          "Nothing",
          "This",
          "Only",
          "the",
          "it",
          "its",
          "is",
          "are",
          "of",
          "and",
          "not",
          "no",
          "has",
          "been",
          "which",
          "with",
          "this",
          "that",
          "post",
          "posts",
          "member",
          "members",
          "list",
          "lists",
          "author",
          "says",
          "gives",
          "points",
          "such",
          "held",
          "rejected",
          "discarded",
          "accepted",
          "moderated",
          "from",
          "site",
          "who",
          "within",
          "hour",
          "times",
          "checked",
          "could",
          "asked",
          "why",
          "nothing",
          "only",
          "done",
          "address",
          "thread",
          "changed",
          "for",
          "by",
          "to",
          "be");

  /**
   * The English words in a text, apart from those in addresses and quotes, and header fields. What
   * has digits in it is no word: an id like 4be0 holds letters that look like one.
   */
  public static Set<String> in(String text) {
    Set<String> words = new TreeSet<>();
    for (String word :
        text.replaceAll("https?://\\S+|\\S*\\w[.@]\\w\\S*|\"[^\"]*\"|„[^“]*“", " ")
            .split("[^\\p{L}\\p{N}]+")) {
      if (WORDS.contains(word)) {
        words.add(word);
      }
    }
    return words;
  }

  private English() {}
}
