package org.milena.standalone.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.milena.standalone.source.SourceOdd;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What became of an archive: what the server said of each parcel, and what was odd in it. */
final class UploadReport {
  private static final int MAX_EXAMPLES = 5;

  private final Map<String, ObjectNode> odd = new TreeMap<>();
  private long read;
  private long added;
  private long present;
  private long skipped;
  private long leftOut;

  /** Adds the server's report on a parcel. */
  void add(JsonNode report) {
    read += report.path("read").asLong();
    added += report.path("added").asLong();
    present += report.path("present").asLong();
    skipped += report.path("skipped").asLong();
    for (JsonNode kind : report.path("odd")) {
      String name = Words.text(kind, "kind");
      leftOut += isLeftOut(name) ? kind.path("count").asLong() : 0;
      ObjectNode sum = count(name, kind.path("count").asLong());
      kind.path("examples")
          .forEach(
              example -> example(sum, Words.text(example, "place"), Words.text(example, "text")));
    }
  }

  /** Adds what the reader of the archive found. */
  void odd(SourceOdd kind, String place, String text) {
    example(count(kind.name(), 1), place, text);
    if (kind.leftOut()) {
      read++;
      skipped++;
      leftOut += kind == SourceOdd.PRIVATE ? 0 : 1;
    }
  }

  private static boolean isLeftOut(String kind) {
    return kind.equals("TOO_LARGE") || kind.equals("NOT_A_MESSAGE");
  }

  private ObjectNode count(String kind, long more) {
    ObjectNode sum = odd.computeIfAbsent(kind, name -> Api.object().put("kind", name));
    return sum.put("count", sum.path("count").asLong(0) + more);
  }

  private static void example(ObjectNode sum, String place, String text) {
    ArrayNode examples = sum.withArray("examples");
    if (examples.size() < MAX_EXAMPLES) {
      examples.addObject().put("place", place).put("text", text);
    }
  }

  long read() {
    return read;
  }

  long added() {
    return added;
  }

  long present() {
    return present;
  }

  /** Whether every message is in the archive now, but for those that were kept private. */
  boolean isWhole() {
    return leftOut == 0;
  }

  ObjectNode json(String list, String from, boolean dryRun, double seconds) {
    ObjectNode all =
        Api.object()
            .put("list", list)
            .put("from", from)
            .put("dryRun", dryRun)
            .put("read", read)
            .put("added", added)
            .put("present", present)
            .put("skipped", skipped)
            .put("seconds", Math.round(seconds * 10) / 10.0);
    ArrayNode kinds = all.putArray("odd");
    odd.values().forEach(kinds::add);
    return all;
  }

  static void print(PrintWriter out, JsonNode report) {
    boolean dry = report.path("dryRun").asBoolean(false);
    double seconds = report.path("seconds").asDouble();
    long read = report.path("read").asLong();
    out.printf(
        "%s: %,d messages read from %s in %s%s. %,d %s new, %,d %s there, %,d %s left out.%n",
        Words.text(report, "list"),
        read,
        TextTable.clean(Words.text(report, "from")),
        Words.duration(seconds),
        seconds < 1 ? "" : " (%,.0f a second)".formatted(read / seconds),
        report.path("added").asLong(),
        dry ? "would be" : "are",
        report.path("present").asLong(),
        dry ? "are" : "were",
        report.path("skipped").asLong(),
        dry ? "would be" : "are");
    for (JsonNode kind : report.path("odd")) {
      out.printf("  %,d %s%n", kind.path("count").asLong(), words(Words.text(kind, "kind")));
      for (JsonNode example : kind.path("examples")) {
        String text = TextTable.clean(Words.text(example, "text"));
        out.printf(
            "      %s%s%n",
            TextTable.clean(Words.text(example, "place")), text.isEmpty() ? "" : ": " + text);
      }
    }
  }

  private static String words(String kind) {
    return switch (kind) {
      case "NO_MESSAGE_ID" -> "without a Message-ID, taken";
      case "SAME_MESSAGE_ID" -> "with the Message-ID of another post, taken";
      case "OTHER_CONTENT" -> "that name a post of this archive and are none, taken";
      case "NO_DATE" -> "without a date, taken";
      case "ODD_DATE" -> "whose date cannot be true, taken";
      case "DEFECTS" -> "with something that cannot be read, taken";
      case "UNESCAPED_FROM" -> "lines of text that begin with From, taken as text";
      case "TOO_LARGE" -> "too large, left out";
      case "NOT_A_MESSAGE" -> "that are no message, left out";
      case "PRIVATE" -> "that were private, left out (--private=include takes them)";
      case "REMOVED" -> "that were taken out of this archive, left out";
      case "MISSING" -> "that the archive names and does not have, left out";
      case "PAGE_WITHOUT_MESSAGE" -> "old pages without a message";
      default -> kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
