package org.milena.common.settings;

import java.util.Locale;
import java.util.Map;
import org.milena.common.event.MailJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings as people type them, in forms and on the command line. What a text means follows from
 * what the setting is now: a truth value, a number, a list (one a line, or separated by commas), or
 * text. {@code scanPolicy.quorum} names a part of a setting.
 */
public final class SettingsText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /**
   * The change that such texts mean.
   *
   * @param now the settings as they are, as JSON
   * @throws IllegalArgumentException with a sentence when a text cannot be that
   */
  public static ObjectNode patch(JsonNode now, Map<String, String> texts) {
    ObjectNode patch = MailJson.mapper().createObjectNode();
    texts.forEach((name, text) -> {
      int dot = name.indexOf('.');
      if (dot < 0) {
        patch.set(name, value(name, now.path(name), text));
      } else {
        String part = name.substring(dot + 1);
        String whole = name.substring(0, dot);
        patch
            .withObjectProperty(whole)
            .set(
                part,
                text.equalsIgnoreCase("none")
                    ? JSON.nullNode()
                    : value(name, now.path(whole).path(part), text));
      }
    });
    return patch;
  }

  private static JsonNode value(String name, JsonNode now, String text) {
    if ((text.startsWith("[") && now.isArray()) || text.startsWith("{")) {
      return json(name, text);
    }
    return switch (now.getNodeType()) {
      case BOOLEAN -> JSON.booleanNode(truth(name, text));
      case NUMBER -> number(name, text);
      case ARRAY -> list(text);
      case NULL, MISSING -> orNull(text);
      case OBJECT -> none(name, text);
      case STRING, BINARY, POJO -> JSON.stringNode(text);
    };
  }

  private static JsonNode orNull(String text) {
    return text.isBlank() || text.equalsIgnoreCase("none") || text.equalsIgnoreCase("site")
        ? JSON.nullNode()
        : JSON.stringNode(text);
  }

  private static JsonNode none(String name, String text) {
    JsonNode value = orNull(text);
    if (!value.isNull()) {
      throw new IllegalArgumentException(
          "%s is set part by part (%s.…=…), or is none.".formatted(name, name));
    }
    return value;
  }

  private static JsonNode json(String name, String text) {
    try {
      return MailJson.mapper().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(name + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static boolean truth(String name, String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default ->
          throw new IllegalArgumentException("%s is true or false, not %s.".formatted(name, text));
    };
  }

  private static JsonNode number(String name, String text) {
    try {
      return text.contains(".")
          ? JSON.numberNode(Double.parseDouble(text.strip()))
          : JSON.numberNode(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s is a number, not %s.".formatted(name, text), e);
    }
  }

  private static ArrayNode list(String text) {
    ArrayNode list = JSON.arrayNode();
    for (String entry : text.split(text.contains("\n") ? "\n" : ",", -1)) {
      if (!entry.isBlank()) {
        list.add(entry.strip());
      }
    }
    return list;
  }

  private SettingsText() {}
}
