package org.milena.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.milena.common.event.MailJson;
import org.milena.common.mail.RawMessage;
import org.milena.testkit.corpus.Corpus;
import org.milena.testkit.corpus.CorpusMessage;
import tools.jackson.databind.JsonNode;

/**
 * A mail of the corpus that was made for list servers, with its envelope.
 *
 * @param expect what a list server should do with it
 * @param message as a client sends it
 */
record MlmMail(String name, String from, String to, String expect, RawMessage message) {
  private static final String FOLDER = "torture/";

  /** The one of this name. */
  static MlmMail of(String name) {
    String file = "mlm-" + name + ".eml";
    JsonNode envelope = index().path(file);
    CorpusMessage message =
        Corpus.torture().stream()
            .filter(one -> one.name().equals(FOLDER + file))
            .findFirst()
            .orElseThrow();
    return new MlmMail(
        name,
        envelope.path("envelope_from").asString(),
        envelope.path("envelope_to").asString(),
        envelope.path("expect").asString(),
        Posting.asSent(message));
  }

  @Override
  public String toString() {
    return name + " (" + expect + ")";
  }

  /** The names of those that have an envelope. */
  static List<String> indexed() {
    return index().propertyNames().stream().map(MlmMail::bare).toList();
  }

  /** The names of those that lie there. */
  static List<String> there() {
    return Corpus.torture().stream()
        .map(CorpusMessage::name)
        .filter(name -> name.startsWith(FOLDER + "mlm-"))
        .map(name -> bare(name.substring(FOLDER.length())))
        .toList();
  }

  private static String bare(String file) {
    return file.replaceFirst("^mlm-", "").replaceFirst("\\.eml$", "");
  }

  private static JsonNode index() {
    try {
      return MailJson.mapper()
          .readTree(Files.readString(Corpus.root().resolve(FOLDER + "mlm-expected.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
