package org.milena.scanner.rspamd;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.milena.common.event.MailJson;
import org.milena.common.event.SpamReport;
import org.milena.common.event.SpamReport.Level;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;
import org.milena.scanner.scan.ShownText;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the JSON of {@code /checkv2} means.
 *
 * <p>Symbols of rspamd's own antivirus are known by their names, which by default are {@code
 * CLAM_VIRUS} and the like: what ends in {@code _VIRUS} is a find, whatever rspamd would do with it
 * (without a score of its own it does nothing), and {@code _VIRUS_FAIL} means that the antivirus
 * did not answer or had to stop at one of its limits. {@code _VIRUS_ENCRYPTED} and {@code
 * _VIRUS_MACRO} are rules like any other.
 */
final class CheckReply {

  private static final int MAX_SYMBOLS = 20;
  private static final int MAX_SYMBOL_LENGTH = 64;

  private static final Pattern VIRUS = Pattern.compile("(?:.+_)?VIRUS");
  private static final Pattern VIRUS_FAIL = Pattern.compile("(?:.+_)?VIRUS_FAIL");

  /**
   * What rspamd proposes. We have accepted the mail already, so greylisting comes too late; what it
   * would throw away or keep itself it would not deliver either.
   */
  private static final Map<String, Level> LEVELS =
      Map.of(
          "no action", Level.HAM,
          "greylist", Level.HAM,
          "add header", Level.SUSPECT,
          "rewrite subject", Level.SUSPECT,
          "reject", Level.SPAM,
          "discard", Level.SPAM,
          "quarantine", Level.SPAM);

  private final JsonNode reply;

  private CheckReply(JsonNode reply) {
    this.reply = reply;
  }

  /**
   * The verdict.
   *
   * @param taskTimeout rspamd's own limit for a check; one that took longer was cut off
   * @throws NotScannedException for every reply that is none
   */
  static EngineVerdict read(byte[] json, Duration taskTimeout) throws NotScannedException {
    JsonNode reply;
    try {
      reply = MailJson.mapper().readTree(json);
    } catch (JacksonException e) {
      throw new NotScannedException("its answer is not JSON", e);
    }
    return new CheckReply(reply).verdict(taskTimeout);
  }

  private EngineVerdict verdict(Duration taskTimeout) throws NotScannedException {
    JsonNode symbols = reply.path("symbols");
    if (!reply.path("action").isString() || !symbols.isObject()) {
      throw new NotScannedException(
          "its answer is none: " + ShownText.of(reply.path("error").asString("no action")));
    }
    Optional<String> virus = option(symbols, VIRUS);
    if (virus.isPresent()) {
      return new EngineVerdict.Infected(virus.get());
    }
    String action = reply.path("action").asString();
    Level level = LEVELS.get(action);
    if (level == null) {
      throw new NotScannedException(
          "it answered \"" + ShownText.of(action) + "\": " + ShownText.of(message()));
    }
    // it skips the rest, too, once a pattern like GTUBE has made it sure
    if (reply.path("is_skipped").asBoolean(false) && level != Level.SPAM) {
      throw new NotScannedException("it skipped the mail");
    }
    JsonNode seconds = reply.path("time_real");
    if (!seconds.isNumber() || !(seconds.asDouble() < enough(taskTimeout))) {
      throw new NotScannedException("it ran out of time: " + seconds.asString("unknown") + " s");
    }
    Optional<String> failure = option(symbols, VIRUS_FAIL);
    if (failure.isPresent()) {
      if (failure.get().contains("Limits.Exceeded")) {
        return new EngineVerdict.Unscannable(failure.get());
      }
      throw new NotScannedException("its antivirus failed: " + failure.get());
    }
    return new EngineVerdict.Rated(
        new SpamReport(
            level, number("score"), number("required_score"), action, heaviest(symbols)));
  }

  /**
   * Seconds that a check which ended by itself takes less than. rspamd's timer begins with a round
   * of its loop and may so end a check before the time it reports for it is over.
   */
  private static double enough(Duration taskTimeout) {
    double limit = taskTimeout.toMillis() / 1000.0;
    return Math.min(limit * 0.9, limit - 0.5);
  }

  /** What the first symbol of such a name says: of an antivirus the signature or the trouble. */
  private static Optional<String> option(JsonNode symbols, Pattern name) {
    return symbols
        .propertyStream()
        .filter(symbol -> name.matcher(symbol.getKey()).matches())
        .map(symbol ->
            ShownText.of(symbol.getValue().path("options").path(0).asString(symbol.getKey())))
        .findFirst();
  }

  /** What it would tell the client. */
  private String message() {
    return reply.path("messages").path("smtp_message").asString("");
  }

  /** Zero where there is none: without a score for reject nothing is required. */
  private double number(String field) throws NotScannedException {
    JsonNode value = reply.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return 0;
    }
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw new NotScannedException(field + " is no number");
    }
    return number;
  }

  private static List<String> heaviest(JsonNode symbols) {
    return symbols
        .propertyStream()
        .sorted(
            Comparator.comparingDouble(CheckReply::weight)
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(MAX_SYMBOLS)
        .map(symbol -> shown(symbol.getKey()))
        .toList();
  }

  private static double weight(Map.Entry<String, JsonNode> symbol) {
    JsonNode score = symbol.getValue().path("score");
    return score.isNumber() ? Math.abs(score.asDouble()) : 0;
  }

  private static String shown(String name) {
    return ShownText.of(
        name.length() <= MAX_SYMBOL_LENGTH ? name : name.substring(0, MAX_SYMBOL_LENGTH));
  }
}
