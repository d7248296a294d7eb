package org.milena.listexpander.digest;

import java.util.Locale;

/** The few words of digests and summaries that no owner writes. */
enum DigestWords {
  ENGLISH(
      Locale.ENGLISH,
      " (partial)",
      "%,d post",
      "%,d posts",
      " in %,d thread",
      " in %,d threads",
      " by ",
      " and %,d more",
      "and %,d threads more",
      "(no subject)",
      "The archive: "),
  GERMAN(
      Locale.GERMAN,
      " (Auszug)",
      "%,d Beitrag",
      "%,d Beiträge",
      " in %,d Thread",
      " in %,d Threads",
      " von ",
      " und %,d anderen",
      "und %,d weitere Threads",
      "(ohne Betreff)",
      "Das Archiv: ");

  private final Locale locale;
  private final String partial;
  private final String post;
  private final String posts;
  private final String inThread;
  private final String inThreads;
  private final String by;
  private final String more;
  private final String threadsMore;
  private final String noSubject;
  private final String archive;

  DigestWords(
      Locale locale,
      String partial,
      String post,
      String posts,
      String inThread,
      String inThreads,
      String by,
      String more,
      String threadsMore,
      String noSubject,
      String archive) {
    this.locale = locale;
    this.partial = partial;
    this.post = post;
    this.posts = posts;
    this.inThread = inThread;
    this.inThreads = inThreads;
    this.by = by;
    this.more = more;
    this.threadsMore = threadsMore;
    this.noSubject = noSubject;
    this.archive = archive;
  }

  /** Behind the title of what is not the whole digest. */
  String partial() {
    return partial;
  }

  /** So many posts. */
  String posts(int count) {
    return String.format(locale, count == 1 ? post : posts, count);
  }

  /** In so many threads. */
  String inThreads(int count) {
    return String.format(locale, count == 1 ? inThread : inThreads, count);
  }

  /** Before names of authors. */
  String by() {
    return by;
  }

  /** And so many authors more. */
  String more(int count) {
    return String.format(locale, more, count);
  }

  /** And so many threads more. */
  String threadsMore(int count) {
    return String.format(locale, threadsMore, count);
  }

  /** In place of a subject. */
  String noSubject() {
    return noSubject;
  }

  /** Before the address of the archive. */
  String archive() {
    return archive;
  }
}
