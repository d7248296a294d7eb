package org.milena.listexpander.migration.mailman3;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ListState;
import org.milena.common.mail.MailAddress;
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
    // by its address: its id there may be another than here
    this.path = "lists/" + Mailman3Lists.part(address.toString().toLowerCase(Locale.ROOT));
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
    new Mailman3People(mailman, plan, path, now).all();
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
    long everywhere = Mailman3Lists.size(mailman, "bans");
    plan.leftIf(
        everywhere > 0,
        "site/bans",
        "%,d are banned from all lists there; ban them from the domain here."
            .formatted(everywhere));
  }

  /** A match without an action does what the site says. */
  private void headerMatches() throws IOException {
    Optional<JsonNode> antispam = mailman.get("system/configuration/antispam");
    PostAction usual =
        antispam.flatMap(site -> action(site.path("jump_chain"))).orElse(PostAction.HOLD);
    plan.leftIf(
        antispam.stream().anyMatch(site -> !site.path("header_checks").asString("").isBlank()),
        "site/header_checks",
        "There are rules for the headers of all posts; set them for the domain here.");
    List<HeaderFilter> filters = new ArrayList<>();
    int[] lost = {0};
    int[] idle = {0};
    Mailman3Lists.each(
        mailman,
        path + "/header-matches",
        entry -> {
          PostAction action = action(entry.path("action")).orElse(usual);
          String header = entry.path("header").asString("");
          Optional<String> pattern = PythonPatterns.ofValue(entry.path("pattern").asString(""));
          if (header.isEmpty() || pattern.isEmpty()) {
            lost[0]++;
          } else if (action == PostAction.DEFER) {
            idle[0]++;
          } else {
            filters.add(new HeaderFilter(header, pattern.get(), action));
          }
        });
    if (!filters.isEmpty()) {
      plan.set("header-matches", "headerFilters", filters);
    }
    plan.leftIf(lost[0] > 0, "header-matches", lost[0] + " cannot be read as RE2.");
    plan.leftIf(idle[0] > 0, "header-matches", idle[0] + " let posts go on, and do nothing.");
  }

  /** As Mailman calls it, wherever it does; empty when it says none that we know. */
  static Optional<PostAction> action(JsonNode word) {
    return switch (word.asString("").toLowerCase(Locale.ROOT)) {
      case "accept" -> Optional.of(PostAction.ACCEPT);
      case "defer" -> Optional.of(PostAction.DEFER);
      case "hold" -> Optional.of(PostAction.HOLD);
      case "reject" -> Optional.of(PostAction.REJECT);
      case "discard" -> Optional.of(PostAction.DISCARD);
      default -> Optional.empty();
    };
  }

  private void leftBehind() throws IOException {
    texts("", path);
    texts("domain/", "domains/" + Mailman3Lists.part(plan.address().domain()));
    texts("site/", "");
    long held = Mailman3Lists.count(mailman, path + "/held", "");
    plan.leftIf(
        held > 0,
        "held",
        "%,d posts wait there; decide about them there, for no scanner here has seen them."
            .formatted(held));
    long joining = Mailman3Lists.count(mailman, path + "/requests", "");
    plan.leftIf(
        joining > 0, "requests", "%,d people wait there to join; decide there.".formatted(joining));
    long leaving = leaving();
    plan.leftIf(
        leaving > 0,
        "requests",
        "%,d people wait there to leave; decide there.".formatted(leaving));
  }

  /** How many want to leave; versions before 3.3.3 do not say it. */
  private long leaving() throws IOException {
    try {
      return Mailman3Lists.count(mailman, path + "/requests", "request_type=unsubscription");
    } catch (Mailman3.NotUnderstoodException _) {
      return 0;
    }
  }

  private void texts(String of, String where) throws IOException {
    Mailman3Lists.each(
        mailman,
        where.isEmpty() ? "uris" : where + "/uris",
        entry ->
            plan.left(
                of + "uris/" + entry.path("name").asString(""),
                "The text lies behind a URL of its own, which is not followed; set it as a text"
                    + " here."));
  }
}
