package org.milena.listexpander.migration.mailman3;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.ParsedAddress;
import tools.jackson.databind.JsonNode;

/** Reads collections of Mailman page by page. */
final class Mailman3Lists {
  private static final int PAGE = 500;
  private static final int MAX_PAGES = 100_000;

  /** Hears of entries as they come. */
  @FunctionalInterface
  interface Visitor {
    /** One entry. */
    void visit(JsonNode entry) throws IOException;
  }

  /** Visits every entry of a collection; there are none where there is no collection. */
  static void each(Mailman3 mailman, String path, Visitor visitor) throws IOException {
    long seen = 0;
    for (int page = 1; page <= MAX_PAGES; page++) {
      Optional<JsonNode> answer = mailman.get("%s?count=%d&page=%d".formatted(path, PAGE, page));
      if (answer.isEmpty()) {
        return;
      }
      JsonNode entries = answer.get().path("entries");
      for (JsonNode entry : entries) {
        visitor.visit(entry);
      }
      seen += entries.size();
      if (entries.isEmpty() || seen >= answer.get().path("total_size").asLong(0)) {
        return;
      }
    }
  }

  /** How many entries a collection has. */
  static long size(Mailman3 mailman, String path) throws IOException {
    return mailman
        .get(path + "?count=1&page=1")
        .map(answer -> answer.path("total_size").asLong(0))
        .orElse(0L);
  }

  /**
   * Likewise where there is a number of them to be asked for, which spares their texts.
   *
   * @param which of them; all that are usual when empty
   */
  static long count(Mailman3 mailman, String path, String which) throws IOException {
    Optional<JsonNode> answer = mailman.get(path + "/count" + (which.isEmpty() ? "" : "?" + which));
    return answer.isPresent()
        ? answer.get().path("count").asLong(0)
        // versions before 3.3.2
        : which.isEmpty() ? size(mailman, path) : 0;
  }

  /** The addresses of all lists. */
  static List<MailAddress> addresses(Mailman3 mailman) throws IOException {
    List<MailAddress> addresses = new ArrayList<>();
    each(
        mailman,
        "lists",
        list -> address(list.path("fqdn_listname").asString("")).ifPresent(addresses::add));
    return addresses;
  }

  static Optional<MailAddress> address(String text) {
    return MailAddress.parse(text) instanceof ParsedAddress.Valid(var valid)
        ? Optional.of(valid)
        : Optional.empty();
  }

  /** A part of a path. */
  static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private Mailman3Lists() {}
}
