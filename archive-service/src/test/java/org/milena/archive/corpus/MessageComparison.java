package org.milena.archive.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.milena.archive.message.CleanText;
import org.milena.archive.message.MessageParser;
import org.milena.archive.message.ParsedMessage;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.IndexEntry;
import org.milena.testkit.corpus.IndexEntry.IndexedAttachment;
import tools.jackson.databind.JsonNode;

/** Compares single messages. */
final class MessageComparison {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int LONGEST_SUBJECT = 2000;
  private static final Duration A_YEAR = Duration.ofDays(366);

  private final MessageParser parser = new MessageParser();
  private final Tally tally;

  MessageComparison(Tally tally) {
    this.tally = tally;
  }

  /**
   * @param sent what was imported
   * @param raw what the archive gives back
   */
  void compare(Kept kept, RawMessage sent, RawMessage raw) throws IOException {
    IndexEntry index = kept.index();
    int number = kept.number();
    tally.same(Aspect.OCTETS, number, sent.sha256(), raw.sha256());
    tally.same(Aspect.MESSAGE_ID, number, index.messageId(), kept.text("messageId"));
    date(kept);
    tally.same(
        Aspect.SUBJECT,
        number,
        CleanText.line(Objects.requireNonNullElse(index.subject(), ""), LONGEST_SUBJECT),
        kept.text("subject"));
    tally.same(
        Aspect.AUTHOR,
        number,
        lower(Objects.requireNonNullElse(index.from(), "")),
        lower(kept.post().path("from").path("address").asString("")));
    Kept.Parts parts = Kept.parts(raw);
    tally.same(Aspect.CHARSETS, number, new TreeSet<>(index.charsets()), parts.charsets());
    text(number, raw);
    attachments(kept, raw, parts);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private void date(Kept kept) {
    Long seconds = kept.index().date();
    Instant theirs = seconds == null ? null : Instant.ofEpochSecond(seconds);
    Instant ours = Instant.parse(kept.text("date"));
    if (theirs != null
        && ours.equals(Instant.parse(kept.text("receivedAt")))
        && ours.isAfter(theirs.plus(A_YEAR))) {
      tally.compared(Aspect.DATE, Set.of(Why.LATE));
    } else {
      tally.same(Aspect.DATE, kept.number(), theirs, ours);
    }
  }

  /** No character of the text is a replacement of something that could not be read. */
  private void text(int number, RawMessage raw) {
    ParsedMessage parsed = parser.parse(raw);
    String text = parsed.subject() + parsed.text().whole();
    if (text.indexOf(REPLACEMENT) < 0) {
      tally.compared(Aspect.TEXT, Set.of());
      return;
    }
    String octets = new String(raw.unsafeBytes(), ISO_8859_1);
    if (octets.contains("\u00ef\u00bf\u00bd") || octets.contains("=EF=BF=BD")) {
      tally.compared(Aspect.TEXT, Set.of(Why.WRITTEN_SO));
    } else if (octets.chars().anyMatch(octet -> octet > 127)) {
      tally.compared(Aspect.TEXT, Set.of(Why.OTHER_CHARSET));
    } else {
      int at = text.indexOf(REPLACEMENT);
      String around = text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20));
      tally.unexplained(Aspect.TEXT, number, "a character was lost: " + around);
    }
  }

  private void attachments(Kept kept, RawMessage raw, Kept.Parts parts) throws IOException {
    List<JsonNode> ours = new ArrayList<>(kept.post().path("attachments").valueStream().toList());
    for (IndexedAttachment theirs : kept.index().attachments()) {
      JsonNode found = null;
      Set<Why> reasons = Set.of();
      for (JsonNode candidate : ours) {
        Optional<Set<Why>> how = how(theirs, candidate, raw);
        if (how.isPresent()) {
          found = candidate;
          reasons = how.get();
          break;
        }
      }
      if (found == null) {
        tally.unexplained(Aspect.ATTACHMENTS, kept.number(), theirs + " is not among " + ours);
      } else {
        ours.remove(found);
        tally.compared(Aspect.ATTACHMENTS, reasons);
      }
    }
    for (JsonNode more : ours) {
      if (parts.nameless().contains(more.path("part").asString(""))) {
        tally.explained(Aspect.ATTACHMENTS, Why.NAMELESS);
      } else {
        tally.unexplained(Aspect.ATTACHMENTS, kept.number(), "the index has no " + more);
      }
    }
  }

  /** In what one of ours differs from one of theirs; empty when it is another one. */
  private Optional<Set<Why>> how(IndexedAttachment theirs, JsonNode ours, RawMessage raw)
      throws IOException {
    Set<Why> reasons = EnumSet.noneOf(Why.class);
    String name = ours.path("name").asString("");
    if (!ours.path("type").asString("").equals(theirs.type())) {
      return Optional.empty();
    }
    if (!name.equals(theirs.name())) {
      if (!("." + name).equals(theirs.name())) {
        return Optional.empty();
      }
      reasons.add(Why.HIDDEN_NAME);
    }
    byte[] content = content(ours, raw);
    if (!sha1(content).equals(theirs.sha1())) {
      String text = new String(content, ISO_8859_1);
      if (!sha1(text.replace("\r\n", "\n").getBytes(ISO_8859_1)).equals(theirs.sha1())) {
        return Optional.empty();
      }
      reasons.add(Why.LINE_ENDS);
    }
    return Optional.of(reasons);
  }

  private byte[] content(JsonNode attachment, RawMessage raw) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    if (!parser.writePart(raw, attachment.path("part").asString(""), content)
        || content.size() != attachment.path("size").asLong()
        || !digest("SHA-256", content.toByteArray())
            .equals(attachment.path("sha256").asString(""))) {
      throw new AssertionError("the archive describes another part: " + attachment);
    }
    return content.toByteArray();
  }

  private static String sha1(byte[] octets) {
    return digest("SHA-1", octets);
  }

  private static String digest(String algorithm, byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }
}
