package org.milena.common.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;
import java.util.TreeSet;
import org.milena.common.event.JsonFault;
import org.milena.common.event.MailJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Some settings, by name, with their new values. What it does not name stays as it is, so that two
 * patches of different settings can be applied in any order.
 */
public final class SettingsPatch {

  /** What becomes of settings by a patch. */
  public sealed interface Result {
    /** They are these now. */
    record Fits(ListSettings settings) implements Result {}

    /**
     * A name or a value is none.
     *
     * @param reason a sentence
     */
    record Unfit(String reason) implements Result {}
  }

  /** Changes nothing. */
  public static final SettingsPatch NONE = new SettingsPatch(MailJson.mapper().createObjectNode());

  /** What a list may have none of. */
  private static final Set<String> NULLABLE = Set.of("scanPolicy", "replyToAddress");

  private final ObjectNode changes;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SettingsPatch(ObjectNode changes) {
    this.changes = changes.deepCopy();
  }

  /** One setting. */
  public static SettingsPatch of(String name, Object value) {
    return NONE.and(name, value);
  }

  /** All settings, as they are. */
  public static SettingsPatch all(ListSettings settings) {
    return new SettingsPatch(tree(settings));
  }

  /** This one, and one setting more. */
  public SettingsPatch and(String name, Object value) {
    SettingsPatch more = new SettingsPatch(changes);
    more.changes.set(name, MailJson.mapper().valueToTree(value));
    return more;
  }

  /** The names it changes. */
  public Set<String> names() {
    return new TreeSet<>(changes.propertyNames());
  }

  /** Whether it names this setting. */
  public boolean names(String setting) {
    return changes.has(setting);
  }

  /** What it says. */
  @JsonValue
  public ObjectNode changes() {
    return changes.deepCopy();
  }

  /**
   * Settings with these changes. A name nobody knows is refused here; whether values make sense
   * together is for those who keep lists to say.
   */
  public Result over(ListSettings now) {
    ObjectNode all = tree(now);
    for (String name : changes.propertyNames()) {
      if (!all.has(name)) {
        return new Result.Unfit("There is no setting \"" + shorten(name) + "\".");
      }
      if (lacksValue(name, changes.get(name))) {
        return new Result.Unfit("The setting " + name + " has no value.");
      }
    }
    changes.properties().forEach(change -> lay(all, change.getKey(), change.getValue()));
    try {
      return new Result.Fits(MailJson.mapper().treeToValue(all, ListSettings.class));
    } catch (JacksonException e) {
      return new Result.Unfit(JsonFault.sentence(e));
    }
  }

  private static boolean lacksValue(String name, JsonNode value) {
    return value.isArray()
        ? value.valueStream().anyMatch(JsonNode::isNull)
        : value.isNull() && !NULLABLE.contains(name);
  }

  /** A policy is changed part by part; where there is none, from the usual one on. */
  private static void lay(ObjectNode all, String name, JsonNode value) {
    if (value instanceof ObjectNode parts && name.equals("scanPolicy")) {
      ObjectNode now =
          all.get(name) instanceof ObjectNode there
              ? there
              : MailJson.mapper().valueToTree(ScanPolicy.DEFAULT);
      now.setAll(parts);
      all.set(name, now);
    } else {
      all.set(name, value);
    }
  }

  static ObjectNode tree(ListSettings settings) {
    return MailJson.mapper().valueToTree(settings);
  }

  private static String shorten(String name) {
    return name.length() <= 60 ? name : name.substring(0, 60) + "…";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettingsPatch patch && patch.changes.equals(changes);
  }

  @Override
  public int hashCode() {
    return changes.hashCode();
  }

  @Override
  public String toString() {
    return changes.toString();
  }
}
