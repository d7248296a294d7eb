package org.milena.listexpander.migration.mailman3;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.ListState;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.HeaderFilter;
import org.milena.common.settings.PostAction;
import org.milena.listexpander.migration.ListPlan;
import org.milena.listexpander.migration.PlanBuilder;
import org.milena.listexpander.migration.PythonPatterns;
import tools.jackson.databind.JsonNode;

/** What a list of Mailman 3 wants to be here. */
public final class Mailman3Plans {
  private final Mailman3 mailman;
  private final PlanBuilder plan;
  private final String path;
  private final Instant now;

  private Mailman3Plans(Mailman3 mailman, MailAddress address, Instant now) {
    this.mailman = mailman;
    this.plan = new PlanBuilder(address);
    this.path = "lists/" + Mailman3Lists.part(ListId.forAddress(address).value());
    this.now = now;
  }

  /** The addresses of all lists there. */
  public static List<MailAddress> addresses(Mailman3 mailman) throws IOException {
    return Mailman3Lists.addresses(mailman);
  }

  /**
   * Reads a list and makes the plan; empty when there is no such list.
   *
   * @param now since when members are members: Mailman does not say it
   * @throws IOException with a sentence when Mailman cannot be asked or understood
   */
  public static Optional<ListPlan> plan(Mailman3 mailman, MailAddress address, Instant now)
      throws IOException {
    Mailman3Plans making = new Mailman3Plans(mailman, address, now);
    Optional<JsonNode> config = mailman.get(making.path + "/config");
    return config.isEmpty() ? Optional.empty() : Optional.of(making.plan(config.get()));
  }

  private ListPlan plan(JsonNode config) throws IOException {
    numbers(config);
    new Mailman3Settings(plan, config).all();
    members();
    others("owner", MemberRole.OWNER);
    others("moderator", MemberRole.MODERATOR);
    others("nonmember", MemberRole.NONMEMBER);
    bans();
    headerMatches();
    leftBehind();
    return plan.build();
  }

  private void numbers(JsonNode config) {
    ListState first = plan.state();
    plan.state(
        new ListState(
            first.list(),
            Math.max(0, config.path("post_id").asLong(1) - 1),
            Math.max(1, config.path("volume").asInt(1)),
            Math.max(1, config.path("next_digest_number").asInt(1)),
            day(config.path("digest_last_sent_at").asString("")),
            null));
    for (String field : List.of("post_id", "volume", "next_digest_number")) {
      if (config.has(field)) {
        plan.taken(field, "Numbers go on from here.");
      }
    }
    if (first.lastDigestOn() == null && plan.state().lastDigestOn() != null) {
      plan.taken("digest_last_sent_at", "It is the day of the last digest.");
    }
  }

  private static @Nullable LocalDate day(String moment) {
    try {
      return moment.length() < 10 ? null : LocalDate.parse(moment.substring(0, 10));
    } catch (DateTimeParseException _) {
      return null;
    }
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
                    entry.path("display_name").asString(""),
                    Set.of(MemberRole.MEMBER),
                    action(entry),
                    options(entry, preferences(entry)),
                    now);
            taken[0] += plan.member("roster/member", member) ? 1 : 0;
          }
        });
    plan.taken("roster/member", "%,d members.".formatted(taken[0]));
  }

  private Optional<MailAddress> address(String field, JsonNode entry) {
    Optional<MailAddress> address = Mailman3Lists.address(entry.path("email").asString(""));
    if (address.isEmpty()) {
      plan.left(field, "An entry has no address.");
    }
    return address;
  }

  /** All that counts: the member's own, those of address and user, and what is usual. */
  private JsonNode preferences(JsonNode entry) throws IOException {
    String id = entry.path("member_id").asString("");
    String member = "members/" + Mailman3Lists.part(id);
    Optional<JsonNode> all =
        id.isEmpty() ? Optional.empty() : mailman.get(member + "/all/preferences");
    if (all.isEmpty() && !id.isEmpty()) {
      all = mailman.get(member + "/preferences");
    }
    return all.orElse(entry);
  }

  private static MemberOptions options(JsonNode entry, JsonNode preferences) {
    String mode =
        preferences.path("delivery_mode").asString(entry.path("delivery_mode").asString("regular"));
    String status =
        preferences
            .path("delivery_status")
            .asString(entry.path("delivery_status").asString("enabled"));
    String language = preferences.path("preferred_language").asString("");
    return new MemberOptions(
        switch (mode) {
          case "plaintext_digests" -> DeliveryMode.PLAIN_DIGEST;
          case "mime_digests", "summary_digests" -> DeliveryMode.MIME_DIGEST;
          default -> DeliveryMode.EVERY_POST;
        },
        switch (status) {
          case "by_user", "unknown" -> Stop.BY_MEMBER;
          case "by_moderator" -> Stop.BY_MODERATOR;
          case "by_bounces" -> Stop.BY_BOUNCES;
          default -> null;
        },
        null,
        preferences.path("receive_own_postings").asBoolean(true),
        preferences.path("acknowledge_posts").asBoolean(false),
        // there: whether a copy comes where the mail itself came, too
        !preferences.path("receive_list_copy").asBoolean(true),
        preferences.path("hide_address").asBoolean(false),
        language.equals("de") ? "de" : null,
        0);
  }

  private static @Nullable PostAction action(JsonNode entry) {
    return switch (entry.path("moderation_action").asString("").toLowerCase(Locale.ROOT)) {
      case "accept" -> PostAction.ACCEPT;
      case "defer" -> PostAction.DEFER;
      case "hold" -> PostAction.HOLD;
      case "reject" -> PostAction.REJECT;
      case "discard" -> PostAction.DISCARD;
      default -> null;
    };
  }

  private void others(String roster, MemberRole role) throws IOException {
    String field = "roster/" + roster;
    int[] taken = {0};
    Mailman3Lists.each(
        mailman,
        path + "/" + field,
        entry -> {
          Optional<MailAddress> address = address(field, entry);
          if (address.isPresent()) {
            Member member =
                new Member(
                    plan.list(),
                    address.get(),
                    entry.path("display_name").asString(""),
                    Set.of(role),
                    role == MemberRole.NONMEMBER ? action(entry) : null,
                    now);
            taken[0] += plan.member(field, member) ? 1 : 0;
          }
        });
    plan.taken(field, "%,d have the role %s.".formatted(taken[0], role));
  }

  private void bans() throws IOException {
    List<String> bans = new ArrayList<>();
    int[] lost = {0};
    Mailman3Lists.each(
        mailman,
        path + "/bans",
        entry -> {
          Optional<String> ban =
              PythonPatterns.ofAddress(entry.path("email").asString(""), plan.address().domain());
          ban.ifPresent(bans::add);
          lost[0] += ban.isPresent() ? 0 : 1;
        });
    if (!bans.isEmpty()) {
      plan.set("bans", "bans", bans);
    }
    plan.leftIf(lost[0] > 0, "bans", lost[0] + " cannot be read as addresses or as RE2.");
  }

  /** A match without an action does what the chain of the site says: it is held here. */
  private void headerMatches() throws IOException {
    List<HeaderFilter> filters = new ArrayList<>();
    int[] lost = {0};
    Mailman3Lists.each(
        mailman,
        path + "/header-matches",
        entry -> {
          PostAction action = action(entry, "action");
          String header = entry.path("header").asString("");
          Optional<String> pattern = PythonPatterns.ofValue(entry.path("pattern").asString(""));
          if (header.isEmpty() || pattern.isEmpty()) {
            lost[0]++;
          } else if (action != PostAction.DEFER) {
            filters.add(new HeaderFilter(header, pattern.get(), action));
          }
        });
    if (!filters.isEmpty()) {
      plan.set("header-matches", "headerFilters", filters);
    }
    plan.leftIf(lost[0] > 0, "header-matches", lost[0] + " cannot be read as RE2.");
  }

  private static PostAction action(JsonNode entry, String name) {
    return switch (entry.path(name).asString("").toLowerCase(Locale.ROOT)) {
      case "accept" -> PostAction.ACCEPT;
      case "defer" -> PostAction.DEFER;
      case "reject" -> PostAction.REJECT;
      case "discard" -> PostAction.DISCARD;
      default -> PostAction.HOLD;
    };
  }

  private void leftBehind() throws IOException {
    Optional<JsonNode> uris = mailman.get(path + "/uris");
    if (uris.isPresent()) {
      for (var uri : uris.get().properties()) {
        if (!uri.getKey().startsWith("http_") && !uri.getKey().equals("self_link")) {
          plan.left(
              "uris/" + uri.getKey(),
              "The text lies behind a URL of its own, which is not followed; set it as a text"
                  + " here.");
        }
      }
    }
    long held = Mailman3Lists.size(mailman, path + "/held");
    plan.leftIf(
        held > 0,
        "held",
        "%,d posts wait there; decide about them there, for no scanner here has seen them."
            .formatted(held));
    long requests = Mailman3Lists.size(mailman, path + "/requests");
    plan.leftIf(
        requests > 0, "requests", "%,d people wait there; decide there.".formatted(requests));
  }
}
