package org.milena.listexpander.posting;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.SeenPost;
import org.milena.common.event.Topics;
import org.milena.common.header.HeaderBlock;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;
import org.milena.common.mail.MessageId;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.ledger.Ledger;

/**
 * Which mail a list has seen: a client that lost our {@code 250} sends again, and that must not be
 * a second post. Kept for seven days; each new note sweeps away some old ones.
 */
public final class SeenPosts {
  /** How long a note counts. A client gives up long before (RFC 5321 section 4.5.4.1). */
  static final Duration KEPT = Duration.ofDays(7);

  private static final int SWEPT_AT_ONCE = 8;

  private final Map<ListId, String> sweptUpTo = new ConcurrentHashMap<>();

  /**
   * Where the note about a mail stands: by Message-ID, author and digest of what was sent. The same
   * Message-ID on another text is another mail.
   *
   * @param purpose what it came for, so that one mail to two addresses of a list is two
   */
  public static String key(ListId list, String purpose, ListMail mail) {
    String author =
        mail.facts()
            .onlyAuthor()
            .or(() -> mail.meta().reversePath().mailbox())
            .map(address -> address.key())
            .orElse("");
    String text =
        String.join(
            "\0",
            purpose,
            mail.facts().messageId().map(MessageId::value).orElse(""),
            author,
            mail.meta().sha256());
    return Topics.listKey(list, digest(text));
  }

  /** The mail that this one repeats, if it does. */
  public Optional<SeenPost> earlier(Ledger ledger, String key, Instant now) {
    return ledger.seen(key).filter(seen -> !isOld(seen, now));
  }

  /** Notes a mail. */
  public void note(Ledger ledger, ListId list, String key, MailId mail, Instant now) {
    sweep(ledger, list, now);
    ledger.put(key, new SeenPost(mail, now));
  }

  /** Notes the Message-ID of a post that is accepted or held, unless another has it already. */
  public void noteId(Ledger ledger, ListId list, ListMail mail, Instant now) {
    idKey(list, mail)
        .filter(key -> ledger.seen(key).filter(seen -> !isOld(seen, now)).isEmpty())
        .ifPresent(key -> ledger.put(key, new SeenPost(mail.id(), now, null, thread(mail))));
  }

  private static @Nullable String thread(ListMail mail) {
    return ThreadMarks.of(HeaderBlock.of(mail.message()), mail.facts().subject())
        .first()
        .orElse(null);
  }

  /**
   * The post that a thread began with, by any of its posts that the list still remembers.
   *
   * @param messageId without angle brackets
   */
  public static Optional<String> thread(Ledger ledger, ListId list, String messageId, Instant now) {
    return ledger
        .seen(idKey(list, messageId))
        .filter(seen -> !isOld(seen, now))
        .flatMap(seen -> Optional.ofNullable(seen.thread()));
  }

  /** The post that has this one's Message-ID, if there is one. */
  static Optional<SeenPost> sameId(Ledger ledger, ListId list, ListMail mail, Instant now) {
    return idKey(list, mail).flatMap(ledger::seen).filter(seen -> !isOld(seen, now));
  }

  private static Optional<String> idKey(ListId list, ListMail mail) {
    return mail.facts().messageId().map(id -> idKey(list, id.value()));
  }

  private static String idKey(ListId list, String messageId) {
    return Topics.listKey(list, "id." + digest(messageId));
  }

  private void sweep(Ledger ledger, ListId list, Instant now) {
    String after = sweptUpTo.getOrDefault(list, "");
    List<Map.Entry<String, SeenPost>> some = ledger.seenBehind(list, after, SWEPT_AT_ONCE);
    for (Map.Entry<String, SeenPost> note : some) {
      if (isOld(note.getValue(), now)) {
        ledger.deleteSeen(note.getKey());
      }
    }
    sweptUpTo.put(list, some.size() < SWEPT_AT_ONCE ? "" : some.getLast().getKey());
  }

  private static boolean isOld(SeenPost seen, Instant now) {
    Instant until = seen.until();
    return (until == null ? seen.at().plus(KEPT) : until).isBefore(now);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
