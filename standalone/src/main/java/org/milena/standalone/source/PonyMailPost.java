package org.milena.standalone.source;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.RawMessage;
import tools.jackson.databind.JsonNode;

/**
 * What a document {@code mbox} of Pony Mail says of a message; its octets are in a document {@code
 * source}.
 *
 * @param id of that document
 * @param keys all names of the message there
 */
record PonyMailPost(String id, boolean isPrivate, List<String> keys, @Nullable Instant archivedAt) {
  private static final int MAX_KEYS = 20;

  /** How Pony Mail names a list: {@code <users.lists.example.org>}. */
  static String listId(String address) {
    return "<" + address.replace('@', '.').toLowerCase(Locale.ROOT) + ">";
  }

  /**
   * Reads the document.
   *
   * @param id of the document itself
   */
  static PonyMailPost of(String id, JsonNode document) {
    Set<String> keys = new LinkedHashSet<>();
    document.path("permalinks").forEach(link -> keys.add(link.asString("")));
    keys.add(id);
    keys.add(document.path("mid").asString(""));
    List<String> names = new ArrayList<>(keys);
    names.removeIf(name -> name.isEmpty() || name.length() > 1000);
    JsonNode at = document.path("_archived_at");
    return new PonyMailPost(
        document.path("dbid").asString(id),
        // what says nothing is as private as it can be
        document.path("private").asBoolean(true),
        names.stream().limit(MAX_KEYS).toList(),
        at.isIntegralNumber() ? Instant.ofEpochSecond(at.asLong()) : null);
  }

  /** With the octets that its source has; empty when there are none. */
  Optional<SourcePost> with(JsonNode source) {
    String text = source.path("source").asString("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    byte[] octets;
    if (text.indexOf(':') < 0) {
      try {
        octets = Base64.getMimeDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    } else {
      octets = text.getBytes(StandardCharsets.UTF_8);
    }
    String place = "document " + (keys.isEmpty() ? id : keys.getFirst());
    return Optional.of(
        new SourcePost(place, RawMessage.wrap(octets), archivedAt, isPrivate, List.of(), keys));
  }
}
