package org.milena.listexpander.membership;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.NotFound;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.MemberChange.ChangeOptions;
import org.milena.common.command.MemberChange.NewMember;
import org.milena.common.command.MemberChange.PutMembers;
import org.milena.common.command.MemberChange.RemoveMembers;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.RoleNames;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.digest.DigestBox;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.sentence.Phrase;

/** What owners do with members. All of a command or nothing of it. */
public final class MemberEdits {
  /** Longest name of a member. */
  static final int MAX_NAME = 200;

  /** What the list's own mails can be written in. */
  private static final SortedSet<String> LANGUAGES = new TreeSet<>(Set.of("de", "en"));

  private final DigestBox digests;

  /**
   * @param digests knows what is owed to those who leave digests
   */
  public MemberEdits(DigestBox digests) {
    this.digests = digests;
  }

  /**
   * Adds members, and changes names and roles of those who are there. Who came from a source is a
   * member by himself then, where the command does not say that he stays one by the source only.
   */
  public CommandOutcome put(Ledger ledger, MailingList list, PutMembers command, Instant now) {
    for (NewMember member : command.members()) {
      Optional<Refused> refusal =
          refusal(list, member.address(), member.displayName())
              .or(() -> unfitLanguage(member.options()));
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    int added = 0;
    int changed = 0;
    for (NewMember next : command.members()) {
      Member before = ledger.member(list.id(), next.address()).orElse(null);
      Member after = put(ledger, list, before, next, now);
      if (before == null) {
        added++;
      } else if (!before.equals(after) && !leaves(next, before, after)) {
        changed++;
        farewell(ledger, list, before, after);
      } else {
        continue;
      }
      ledger.put(after);
      if (before != null && !Comings.isMember(ledger, list.id(), next.address())) {
        ledger.threads().forget(list.id(), next.address());
      }
    }
    return new Done("%,d added, %,d changed.".formatted(added, changed), added + changed);
  }

  /** What somebody becomes. */
  private static Member put(
      Ledger ledger, MailingList list, @Nullable Member before, NewMember next, Instant now) {
    return new Member(
        list.id(),
        next.address(),
        next.displayName().strip(),
        next.roles(),
        next.action(),
        next.options().over(begun(ledger, list, before), Stop.BY_MODERATOR),
        before == null ? now : before.since(),
        before != null
            && before.bySource()
            && next.sourced() != null
            && next.roles().contains(MemberRole.MEMBER));
  }

  /** Whether only options differ, and nobody asked for that: they are those of another list. */
  private static boolean leaves(NewMember next, Member before, Member after) {
    return next.options().equals(OptionsPatch.NONE) && before.equals(after.with(before.options()));
  }

  /** A member changes what he gets, and how. What moderators decided stays theirs. */
  public CommandOutcome options(
      Ledger ledger, MailingList list, ChangeOptions command, Instant now) {
    Member member = ledger.member(list.id(), command.address()).orElse(null);
    if (member == null) {
      return new NotFound(Phrase.NOT_ON_LIST.say(command.address(), list.address()));
    }
    Optional<Refused> refusal = unfitOptions(member, command, Resumptions.today(list, now));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    String name = command.displayName();
    Member renamed = name == null ? member : member.named(name.strip());
    Member after = renamed.with(command.options().over(member.options(), Stop.BY_MEMBER));
    if (after.equals(member)) {
      return new Done(Phrase.UNCHANGED.say(), 0);
    }
    farewell(ledger, list, member, after);
    ledger.put(after);
    return new Done(Phrase.OPTIONS_CHANGED.say(member.address()), 1);
  }

  /** Who gets no digests any more gets the last one. */
  private void farewell(Ledger ledger, MailingList list, Member before, Member after) {
    if (before.options().mode() != after.options().mode()) {
      digests.farewell(ledger, list, before);
    }
  }

  private static Optional<Refused> unfitOptions(
      Member member, ChangeOptions command, LocalDate today) {
    OptionsPatch options = command.options();
    if (options.probation() != null) {
      return Optional.of(
          new Refused("probation", "Only owners say how many posts of a member are held."));
    }
    if (member.options().stopped() == Stop.BY_MODERATOR
        && (options.deliver() != null || options.stoppedUntil() != null)) {
      return Optional.of(new Refused("stopped-by-moderator", Phrase.STOPPED_BY_MODERATOR.say()));
    }
    LocalDate until = options.stoppedUntil();
    if (until != null && !until.isAfter(today)) {
      return Optional.of(
          new Refused("date", Phrase.UNTIL_TOO_EARLY.say(until.toString(), today.toString())));
    }
    return unfitChange(command);
  }

  /** Why nobody can have such options or such a name; empty when somebody can. */
  public static Optional<Refused> unfitChange(ChangeOptions command) {
    String name = command.displayName();
    return unfitLanguage(command.options())
        .or(() -> name == null ? Optional.empty() : unfitName(name));
  }

  private static Optional<Refused> unfitLanguage(OptionsPatch options) {
    String language = options.language();
    return language != null && !language.isBlank() && !LANGUAGES.contains(language)
        ? Optional.of(
            new Refused(
                "language", Phrase.LANGUAGES.say(LANGUAGES.stream().map(Sentence::plain).toList())))
        : Optional.empty();
  }

  /** The options of a new member of this list. */
  static MemberOptions usual(MailingList list) {
    return MemberOptions.DEFAULT.withMode(list.settings().membership().newMemberMode());
  }

  /**
   * The options here with which a row begins that somebody does not ask for himself. Those that he
   * has on another list only do not count: owners of this list need not know them, and would see in
   * his row what they were.
   *
   * @param before null for somebody who is not on the list
   */
  public static MemberOptions begun(Ledger ledger, MailingList list, @Nullable Member before) {
    return before == null || ledger.row(list.id(), before.address()).isEmpty()
        ? usual(list)
        : before.options();
  }

  /** Takes members away. Who would be back by a source stays as a known non-member. */
  public static CommandOutcome remove(Ledger ledger, MailingList list, RemoveMembers command) {
    int removed = 0;
    for (MailAddress address : command.addresses()) {
      Member member = ledger.member(list.id(), address).orElse(null);
      if (member == null) {
        continue;
      }
      boolean keptOut =
          member.roles().equals(Set.of(MemberRole.NONMEMBER))
              && ledger.roster().isSourced(list.id(), address);
      if (!keptOut) {
        Comings.keepOnly(ledger, list, member, Set.of());
        removed++;
      }
    }
    return new Done("%,d removed.".formatted(removed), removed);
  }

  /** Why this cannot be a member; empty when it can. */
  static Optional<Refused> refusal(MailingList list, MailAddress address, String displayName) {
    if (RoleNames.belongsTo(list.address(), address)) {
      return Optional.of(new Refused("loop", Phrase.OWN_ADDRESS_OF_LIST.say(address)));
    }
    return unfitName(displayName);
  }

  /** Why nobody can have this name; empty when somebody can. */
  public static Optional<Refused> unfitName(String displayName) {
    return displayName.length() > MAX_NAME || displayName.chars().anyMatch(Character::isISOControl)
        ? Optional.of(new Refused("display-name", Phrase.NAME_IS_ONE_LINE.say(MAX_NAME)))
        : Optional.empty();
  }
}
