package org.milena.common.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;

/**
 * A post that waits for a moderator, or was decided about a short while ago. The message lies where
 * {@code content} points.
 *
 * @param holdId the mail id and the list id name it, so it is the same after a replay
 * @param author header {@code From} as it stands, decoded
 * @param heldAt since when it waits; since it does again, when a decision was taken back
 * @param reasons every reason, each a sentence in English
 * @param sentences the same, to be said in other languages; empty where that is not known, as in
 *     rows of before
 * @param writer the one address in {@code From}; null when there is none, and in rows of version
 *     0.1.0
 * @param claim who looks at it; null for nobody. It may be over
 * @param decision null while it waits
 */
public record Hold(
    String holdId,
    ListId list,
    MailId mailId,
    MailPointer content,
    String author,
    String subject,
    int size,
    Instant heldAt,
    List<String> reasons,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Sentence> sentences,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Writer writer,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Claim claim,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Decision decision) {

  @SuppressWarnings("NullAway") // absent in JSON where there are none
  public Hold {
    reasons = List.copyOf(reasons);
    // what says something else than the reasons is not about them
    sentences =
        sentences == null || !Sentence.texts(sentences).equals(reasons)
            ? List.of()
            : List.copyOf(sentences);
  }

  /** A post that waits, and of whose author nothing is known but the text. */
  public Hold(
      String holdId,
      ListId list,
      MailId mailId,
      MailPointer content,
      String author,
      String subject,
      int size,
      Instant heldAt,
      List<String> reasons) {
    this(
        holdId, list, mailId, content, author, subject, size, heldAt, reasons, List.of(), null,
        null, null);
  }

  /**
   * Whose name the post bears.
   *
   * @param proven whether it is proven that this address wrote it; else it only says so
   */
  public record Writer(MailAddress address, boolean proven) {}

  /**
   * Somebody looks at it, so that others need not.
   *
   * @param until when it ends to be so
   */
  public record Claim(String by, Instant until) {}

  /**
   * What became of it.
   *
   * @param undoUntil until when it can be taken back; null when it cannot
   */
  public record Decision(Verdict verdict, String by, Instant at, @Nullable Instant undoUntil) {}

  /** What can become of it. */
  public enum Verdict {
    ACCEPTED,
    REJECTED,
    DISCARDED
  }

  /** Whether it still waits for a moderator. */
  public boolean waits() {
    return decision == null;
  }

  /** Every reason, to be said in any language; in English only where no more is known. */
  public List<Sentence> why() {
    return sentences.isEmpty() ? reasons.stream().map(Sentence::plain).toList() : sentences;
  }

  /** The same, claimed; null for by nobody. */
  public Hold claimed(@Nullable Claim other) {
    return new Hold(
        holdId, list, mailId, content, author, subject, size, heldAt, reasons, sentences, writer,
        other, decision);
  }

  /** The same, decided; nobody claims it any more. */
  public Hold decided(Decision other) {
    return new Hold(
        holdId, list, mailId, content, author, subject, size, heldAt, reasons, sentences, writer,
        null, other);
  }

  /** The same, waiting again. */
  public Hold again(Instant now) {
    return new Hold(
        holdId, list, mailId, content, author, subject, size, now, reasons, sentences, writer, null,
        null);
  }
}
