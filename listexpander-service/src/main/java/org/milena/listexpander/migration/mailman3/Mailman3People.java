package org.milena.listexpander.migration.mailman3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.migration.PlanBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Everybody whom a list of Mailman 3 knows. */
final class Mailman3People {
  private final Mailman3 mailman;
  private final PlanBuilder plan;
  private final String path;
  private final Instant now;

  /**
   * @param path of the list
   */
  Mailman3People(Mailman3 mailman, PlanBuilder plan, String path, Instant now) {
    this.mailman = mailman;
    this.plan = plan;
    this.path = path;
    this.now = now;
  }

  void all() throws IOException {
    members();
    others("owner", MemberRole.OWNER);
    others("moderator", MemberRole.MODERATOR);
    nonmembers();
  }

  private void members() throws IOException {
    int[] taken = {0};
    Mailman3Lists.each(
        mailman,
        path + "/roster/member",
        entry -> {
          Optional<MailAddress> address = address("roster/member", entry);
          if (address.isPresent()) {
            Member member =
                new Member(
                    plan.list(),
                    address.get(),
                    name(entry),
                    Set.of(MemberRole.MEMBER),
                    action(entry),
                    options(entry, choices(entry)),
                    now);
            taken[0] += plan.member("roster/member", member) ? 1 : 0;
          }
        });
    plan.taken("roster/member", "%,d members.".formatted(taken[0]));
  }

  private void others(String roster, MemberRole role) throws IOException {
    String field = "roster/" + roster;
    int[] taken = {0};
    Mailman3Lists.each(
        mailman, path + "/" + field, entry -> taken[0] += add(field, entry, role, null) ? 1 : 0);
    plan.taken(field, "%,d have the role %s.".formatted(taken[0], role));
  }

  /** Mailman remembers everybody who ever wrote, as a nonmember without an action. */
  private void nonmembers() throws IOException {
    String field = "roster/nonmember";
    int[] taken = {0};
    int[] known = {0};
    Mailman3Lists.each(
        mailman,
        path + "/" + field,
        entry -> {
          PostAction action = action(entry);
          if (action == null) {
            known[0]++;
          } else {
            taken[0] += add(field, entry, MemberRole.NONMEMBER, action) ? 1 : 0;
          }
        });
    plan.taken(field, "%,d have an action of their own.".formatted(taken[0]));
    plan.leftIf(
        known[0] > 0,
        field,
        "%,d have none: they wrote to the list, and nothing was decided about them."
            .formatted(known[0]));
  }

  private boolean add(String field, JsonNode entry, MemberRole role, @Nullable PostAction action) {
    return address(field, entry)
        .map(address -> new Member(plan.list(), address, name(entry), Set.of(role), action, now))
        .filter(member -> plan.member(field, member))
        .isPresent();
  }

  private Optional<MailAddress> address(String field, JsonNode entry) {
    Optional<MailAddress> address = Mailman3Lists.address(entry.path("email").asString(""));
    if (address.isEmpty()) {
      plan.left(field, "An entry has no address.");
    }
    return address;
  }

  private static String name(JsonNode entry) {
    return entry.path("display_name").asString("");
  }

  private static @Nullable PostAction action(JsonNode entry) {
    return Mailman3Plans.action(entry.path("moderation_action")).orElse(null);
  }

  /**
   * What somebody chose for this list, for this address, and for everything; the first counts.
   *
   * <p>Three questions, not one for {@code all/preferences}: that says neither who hides the
   * address nor whether somebody chose the language.
   */
  private record Choices(List<JsonNode> all) {
    JsonNode get(String name) {
      return all.stream()
          .map(one -> one.path(name))
          .filter(value -> !value.isMissingNode() && !value.isNull())
          .findFirst()
          .orElse(MissingNode.getInstance());
    }
  }

  private Choices choices(JsonNode entry) throws IOException {
    List<JsonNode> all = new ArrayList<>();
    for (String whose :
        List.of(
            "members/" + last(entry.path("self_link")),
            "addresses/" + Mailman3Lists.part(entry.path("email").asString("")),
            "users/" + last(entry.path("user")))) {
      if (!whose.endsWith("/")) {
        mailman.get(whose + "/preferences").ifPresent(all::add);
      }
    }
    return new Choices(all);
  }

  /** The id at the end of a link, which is not followed; empty without a link. */
  private static String last(JsonNode link) {
    String text = link.asString("");
    return Mailman3Lists.part(text.substring(text.lastIndexOf('/') + 1));
  }

  private static MemberOptions options(JsonNode entry, Choices choices) {
    String mode = entry.path("delivery_mode").asString("regular");
    String language = choices.get("preferred_language").asString("");
    return new MemberOptions(
        switch (choices.get("delivery_mode").asString(mode)) {
          case "plaintext_digests" -> DeliveryMode.PLAIN_DIGEST;
          case "mime_digests", "summary_digests" -> DeliveryMode.MIME_DIGEST;
          default -> DeliveryMode.EVERY_POST;
        },
        switch (choices.get("delivery_status").asString("enabled")) {
          case "by_user", "unknown" -> Stop.BY_MEMBER;
          case "by_moderator" -> Stop.BY_MODERATOR;
          case "by_bounces" -> Stop.BY_BOUNCES;
          default -> null;
        },
        null,
        choices.get("receive_own_postings").asBoolean(true),
        choices.get("acknowledge_posts").asBoolean(false),
        // there: whether a copy comes where the mail itself came, too
        !choices.get("receive_list_copy").asBoolean(true),
        choices.get("hide_address").asBoolean(false),
        language.equals("de") || language.equals("en") ? language : null,
        0);
  }
}
