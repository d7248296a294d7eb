package org.milena.listexpander.posting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.milena.common.header.AddressListParser;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderField;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.listexpander.incoming.FirstText;
import org.milena.listexpander.incoming.ListMail;

/**
 * What is read of a post only when a rule asks: of the message as it came, whatever becomes of it,
 * and no more than a bounded part of it. For one thread.
 */
public final class PostContent {
  /** How much of the first text, octets. */
  static final int MAX_TEXT = 64 * 1024;

  /** How many parts' headers. */
  static final int MAX_PARTS = 500;

  private final RawMessage message;
  private final String subject;
  private @Nullable HeaderBlock header;
  private @Nullable List<HeaderField> fields;
  private @Nullable String firstText;
  private @Nullable ThreadMarks thread;

  PostContent(ListMail mail) {
    this.message = mail.message();
    this.subject = mail.facts().subject();
  }

  /** The fields of the header, then those of its parts. */
  List<HeaderField> fields() {
    List<HeaderField> known = fields;
    if (known == null) {
      known = new ArrayList<>();
      for (Parts.Part part : Parts.of(message, MAX_PARTS).all()) {
        known.addAll(part.header().fields());
      }
      fields = known;
    }
    return known;
  }

  /** The beginning of its first plain text; empty when it has none. */
  String firstText() {
    String known = firstText;
    if (known == null) {
      known = FirstText.of(message, MAX_TEXT).orElse("");
      firstText = known;
    }
    return known;
  }

  /** The thread it belongs to. */
  ThreadMarks thread() {
    ThreadMarks known = thread;
    if (known == null) {
      known = ThreadMarks.of(header(), subject);
      thread = known;
    }
    return known;
  }

  /** For whom it says that it is: {@code To}, {@code Cc}, {@code Resent-To}, {@code Resent-Cc}. */
  List<MailAddress> destinations() {
    return addresses("To", "Cc", "Resent-To", "Resent-Cc").toList();
  }

  /** How many addresses stand in {@code To} and {@code Cc}. */
  int recipients() {
    return (int) addresses("To", "Cc").count();
  }

  /** Keys of lists that it has passed, by {@code X-Loop}. */
  Set<String> loopMarks() {
    return new HashSet<>(addresses("X-Loop").map(MailAddress::key).toList());
  }

  private Stream<MailAddress> addresses(String... names) {
    return Stream.of(names)
        .flatMap(name -> header().all(name).stream())
        .flatMap(field -> AddressListParser.parse(field.value()).stream())
        .map(mailbox -> mailbox.address());
  }

  private HeaderBlock header() {
    HeaderBlock known = header;
    if (known == null) {
      known = HeaderBlock.of(message);
      header = known;
    }
    return known;
  }
}
