package org.milena.listexpander.migration;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListChange;
import org.milena.common.command.TakeOverChange.TakeOverList;
import org.milena.common.command.TemplateChange;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.RoleNames;
import org.milena.common.directory.Template;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.MailEvent;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.SettingsPatch;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.list.ListEdits;
import org.milena.listexpander.membership.MemberEdits;
import org.milena.listexpander.template.TemplateEdits;

/** Takes over what comes from elsewhere. All of a command or nothing of it; never by mail. */
public final class TakeOvers {
  private static final int MAX_TEXTS = 200;
  private static final int MAX_TEXT = 20_000;
  private static final int MAX_SECRET = 500;

  /** Makes the list, or makes the one that is there like it. */
  public static CommandOutcome list(
      Ledger ledger, ListEdits lists, ListId id, TakeOverList take, Instant now) {
    Optional<MailingList> before = ledger.list(id);
    Optional<Refused> elsewhere =
        before
            .filter(list -> !list.address().key().equals(take.address().key()))
            .map(list -> elsewhere(list, take.address()));
    if (elsewhere.isPresent()) {
      return elsewhere.get();
    }
    CommandOutcome done =
        before.isPresent()
            ? lists.change(ledger, id, change(take))
            : switch (take.settings().over(ListSettings.DISCUSSION)) {
              case SettingsPatch.Result.Unfit(var why) -> new Refused("settings", why);
              case SettingsPatch.Result.Fits(var settings) ->
                  lists.create(
                      ledger,
                      id,
                      new ListChange.CreateList(
                          take.address(), name(take), take.description(), settings),
                      now);
            };
    if (!(done instanceof Done(_, var changed, _, _))) {
      return done;
    }
    MailingList list = ledger.list(id).orElseThrow();
    int all =
        changed + rest(ledger, list, take) + texts(ledger, id, take) + state(ledger, id, take);
    String text =
        before.isEmpty()
            ? "The list %s is made as it was elsewhere."
            : all == 0 ? "The list %s is as it was elsewhere." : "The list %s is changed.";
    return new Done(text.formatted(list.address()), all);
  }

  /** What came from another list would be lost among what this one has become. */
  private static Refused elsewhere(MailingList list, MailAddress address) {
    return new Refused(
        "list-exists",
        "There was a list at %s, which is %s now: what comes for the one is not given to the other."
            .formatted(address, list.address()));
  }

  private static ListChange.ChangeList change(TakeOverList take) {
    return new ListChange.ChangeList(
        take.displayName().isBlank() ? null : take.displayName(),
        take.description().isBlank() ? null : take.description(),
        take.settings(),
        null);
  }

  private static String name(TakeOverList take) {
    return take.displayName().isBlank() ? take.address().localPart() : take.displayName();
  }

  private static int rest(Ledger ledger, MailingList list, TakeOverList take) {
    MailingList after = list;
    if (take.moderatorSecret() != null) {
      after = after.withModeratorSecret(take.moderatorSecret());
    }
    if (take.retired()) {
      after = after.withRetired(true);
    }
    if (after.equals(list)) {
      return 0;
    }
    ledger.put(after.next());
    return 1;
  }

  private static int texts(Ledger ledger, ListId id, TakeOverList take) {
    int changed = 0;
    for (Template given : take.templates()) {
      Template text = new Template(id.value(), given.name(), given.language(), given.text());
      boolean same =
          ledger
              .template(text.scope(), text.name(), text.language())
              .filter(text::equals)
              .isPresent();
      if (!same) {
        ledger.put(text);
        changed++;
      }
    }
    return changed;
  }

  private static int state(Ledger ledger, ListId id, TakeOverList take) {
    ListState before = ledger.state(id);
    ListState after = later(before, take.state());
    if (after.equals(before)) {
      return 0;
    }
    ledger.put(after);
    return 1;
  }

  /** The larger numbers of both: no number of a post or issue comes twice. */
  public static ListState later(ListState here, ListState there) {
    boolean ahead =
        Comparator.comparingInt(ListState::volume)
                .thenComparingInt(ListState::issue)
                .compare(there, here)
            > 0;
    return new ListState(
        here.list(),
        Math.max(here.posts(), there.posts()),
        ahead ? there.volume() : here.volume(),
        ahead ? there.issue() : here.issue(),
        later(here.lastDigestOn(), there.lastDigestOn()),
        later(here.lastDailyOn(), there.lastDailyOn()));
  }

  private static @Nullable LocalDate later(@Nullable LocalDate here, @Nullable LocalDate there) {
    if (here == null || there == null) {
      return here == null ? there : here;
    }
    return there.isAfter(here) ? there : here;
  }

  /** Why no list can be like that; empty when one can. */
  public static Optional<Refused> unfit(TakeOverList take) {
    if (take.templates().size() > MAX_TEXTS
        || take.templates().stream().anyMatch(text -> text.text().length() > MAX_TEXT)) {
      return Optional.of(
          new Refused(
              "templates",
              "A list has at most %d texts of %,d characters.".formatted(MAX_TEXTS, MAX_TEXT)));
    }
    Optional<Refused> text =
        take.templates().stream()
            .flatMap(one ->
                TemplateEdits.unfit(
                    new TemplateChange.PutTemplate(
                        ListId.forAddress(take.address()).value(),
                        one.name(),
                        one.language(),
                        one.text()))
                    .stream())
            .findFirst();
    if (text.isPresent()) {
      return text;
    }
    String secret = take.moderatorSecret();
    if (secret != null && (secret.length() > MAX_SECRET || !secret.startsWith("$argon2id$"))) {
      return Optional.of(new Refused("secret", "The moderators' password is no Argon2id."));
    }
    return switch (take.settings().over(ListSettings.DISCUSSION)) {
      case SettingsPatch.Result.Fits(var settings) ->
          ListEdits.unfit(take.displayName(), take.description(), settings);
      case SettingsPatch.Result.Unfit(var why) -> Optional.of(new Refused("settings", why));
    };
  }

  /** Puts members there as they were elsewhere. */
  public static CommandOutcome members(Ledger ledger, MailingList list, List<Member> members) {
    for (Member member : members) {
      if (RoleNames.belongsTo(list.address(), member.address())) {
        return new Refused(
            "loop",
            member.address()
                + " is an address of this list itself; its posts would come back to it.");
      }
      Optional<Refused> unfit = MemberEdits.unfitName(member.displayName());
      if (unfit.isPresent()) {
        return unfit.get();
      }
    }
    int added = 0;
    int changed = 0;
    for (Member given : members) {
      // with what is written here: whom a source has besides may have left there, or have an office
      Optional<Member> before = ledger.row(list.id(), given.address());
      Member after = member(list.id(), before, given);
      if (before.isEmpty()) {
        added++;
      } else if (before.get().equals(after)) {
        continue;
      } else {
        changed++;
      }
      ledger.put(after);
      if (!after.roles().contains(MemberRole.MEMBER)) {
        ledger.threads().forget(list.id(), after.address());
      }
    }
    return new Done("%,d added, %,d changed.".formatted(added, changed), added + changed);
  }

  /**
   * What somebody becomes. Who is there keeps roles, name and date; what somebody chose as a member
   * counts only where it comes from a member. Who left one of both, and is on the other only as
   * long as a source has him, has left.
   *
   * @param before the list's own row of him
   */
  public static Member member(ListId list, Optional<Member> before, Member given) {
    if (before.isEmpty()) {
      return new Member(
          list,
          given.address(),
          given.displayName().strip(),
          given.roles(),
          given.action(),
          given.options(),
          given.since(),
          given.bySource());
    }
    Member here = before.get();
    Set<MemberRole> rolesHere = besides(here, given);
    Set<MemberRole> rolesThere = besides(given, here);
    boolean memberHere = rolesHere.contains(MemberRole.MEMBER);
    boolean memberThere = rolesThere.contains(MemberRole.MEMBER);
    boolean chosenHere = !memberThere && (memberHere || given.bySource());
    Set<MemberRole> roles = new HashSet<>(rolesHere);
    roles.addAll(rolesThere);
    if (roles.contains(MemberRole.MEMBER) && !given.roles().containsAll(roles)) {
      roles.remove(MemberRole.NONMEMBER);
    }
    return new Member(
        list,
        here.address(),
        given.displayName().isBlank() ? here.displayName() : given.displayName().strip(),
        roles,
        chosenHere ? here.action() : given.action(),
        chosenHere ? here.options() : given.options(),
        here.since(),
        (memberHere || memberThere)
            && (!memberHere || here.bySource())
            && (!memberThere || given.bySource()));
  }

  /** The roles of one, who is no member by a source only where the other says that he left. */
  private static Set<MemberRole> besides(Member one, Member other) {
    Set<MemberRole> roles = new HashSet<>(one.roles());
    if (one.bySource()
        && other.roles().contains(MemberRole.NONMEMBER)
        && !other.roles().contains(MemberRole.MEMBER)) {
      roles.remove(MemberRole.MEMBER);
    }
    return roles;
  }

  /** Lets a post wait here that waited elsewhere. Nobody is told: moderators were. */
  public static CommandOutcome held(Ledger ledger, MailingList list, Hold hold, Instant now) {
    if (!hold.list().equals(list.id())) {
      return new Refused("list-id", "The post was held for " + hold.list() + ".");
    }
    if (ledger.hold(hold.holdId()).isPresent()) {
      return new Done("The post waits already.", 0);
    }
    ledger.put(hold);
    ledger.tell(
        new MailEvent(
            hold.mailId(),
            now,
            MailEvent.Kind.HELD,
            list.id(),
            null,
            "Held as %s, as it was elsewhere. %s"
                .formatted(hold.holdId(), String.join(" ", hold.reasons())),
            0));
    return new Done("The post waits for a moderator.", 1);
  }

  private TakeOvers() {}
}
