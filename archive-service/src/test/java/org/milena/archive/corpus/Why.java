package org.milena.archive.corpus;

/** Why the archive and the index may differ, both being right in their way. */
enum Why {
  LATE(
      "The message came more than a year after the date that it bears; the archive goes by when it"
          + " came."),
  HIDDEN_NAME(
      "The name begins with a dot; the archive leaves that out, so that nobody saves a file he does"
          + " not see."),
  LINE_ENDS(
      "The content is the same but for line ends: a line of decoded text ends with CRLF in the"
          + " archive (RFC 2045 section 6.7), with LF in the index."),
  NAMELESS(
      "Parts with neither name nor disposition (signatures, images of a page, forwarded messages)"
          + " are attachments in the archive, and left out in the index."),
  WRITTEN_SO("The replacement character U+FFFD stands in the message itself."),
  OTHER_CHARSET("The message has octets that its charset does not know."),
  MORE_IDS(
      "Answers name ids that the index passes over: without angle brackets, as the pages of"
          + " marc.info write them, or behind the first one in In-Reply-To."),
  BY_SUBJECT(
      "Answers that name no message stand in the thread of their subject"
          + " (`milena.archive.threads-by-subject`, the default); the index knows ids alone.");

  private final String sentence;

  Why(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
