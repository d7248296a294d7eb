package org.milena.common.settings;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.node.ObjectNode;

/** Reads settings; what is not there is as by default. */
final class SettingsReader extends ValueDeserializer<ListSettings> {

  @Override
  public ListSettings deserialize(JsonParser in, DeserializationContext context) {
    if (!(context.readTree(in) instanceof ObjectNode given)) {
      return context.reportInputMismatch(ListSettings.class, "settings are an object");
    }
    ObjectNode all = Defaults.TREE.deepCopy();
    all.setAll(given);
    return new ListSettings(
        context.readTreeAsValue(all, PostingSettings.class),
        context.readTreeAsValue(all, ModerationSettings.class),
        context.readTreeAsValue(all, MembershipSettings.class),
        context.readTreeAsValue(all, CopySettings.class),
        context.readTreeAsValue(all, ContentFilterSettings.class),
        context.readTreeAsValue(all, DmarcSettings.class),
        context.readTreeAsValue(all, ArchiveSettings.class),
        context.readTreeAsValue(all, DigestSettings.class),
        context.readTreeAsValue(all, BounceSettings.class),
        context.readTreeAsValue(all, AnswerSettings.class),
        scanPolicy(all.get("scanPolicy"), context));
  }

  private static @Nullable ScanPolicy scanPolicy(
      @Nullable JsonNode node, DeserializationContext context) {
    return node == null || node.isNull() ? null : context.readTreeAsValue(node, ScanPolicy.class);
  }

  /** Made when the first is read: writing them needs their class to be there. */
  private static final class Defaults {
    static final ObjectNode TREE = SettingsPatch.tree(ListSettings.DISCUSSION);
  }
}
