package org.milena.archive.corpus;

/** What is compared. */
enum Aspect {
  OCTETS("octets"),
  MESSAGE_ID("Message-ID"),
  DATE("date"),
  SUBJECT("subject"),
  AUTHOR("author"),
  CHARSETS("charsets"),
  TEXT("text decoded"),
  ATTACHMENTS("attachments"),
  THREAD("same thread");

  private final String title;

  Aspect(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
