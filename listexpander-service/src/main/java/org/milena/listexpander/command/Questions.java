package org.milena.listexpander.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.membership.Subscriptions;
import org.milena.listexpander.notice.Texts;
import org.milena.listexpander.sentence.Phrase;

/** Commands that change nothing. */
final class Questions {
  private static final int MOST_MEMBERS = 1_000;
  private static final int MOST_LISTS = 200;

  private final Texts texts;

  Questions(Texts texts) {
    this.texts = texts;
  }

  /** Answers one; who is not proven to ask will not get it. */
  void answer(
      Ledger ledger,
      MailingList list,
      MailCommand command,
      MailCommands.Asker asker,
      Answers answers) {
    switch (command) {
      case MailCommand.Info() -> {
        answers.note("info");
        answers.add(texts.info(ledger, list, asker.address()));
      }
      case MailCommand.Lists() -> {
        answers.note("lists");
        answers.add(texts.lists(ledger, list, asker.address(), advertised(ledger)));
      }
      case MailCommand.Which() -> {
        answers.note("which");
        answers.add(texts.which(ledger, list, asker.address(), listsOf(ledger, asker)));
      }
      case MailCommand.Who() -> who(ledger, list, asker, answers);
      case MailCommand.Show() -> show(ledger, list, asker, answers);
      default -> {
        answers.note("help");
        answers.add(texts.help(ledger, list, asker.address()));
      }
    }
  }

  /** Whether this address runs the list. */
  static boolean isOwner(Ledger ledger, MailingList list, MailAddress address) {
    return has(ledger, list, address, Set.of(MemberRole.OWNER));
  }

  /** Whether this address decides about the list's posts. */
  static boolean isModerator(Ledger ledger, MailingList list, MailAddress address) {
    return has(ledger, list, address, Set.of(MemberRole.OWNER, MemberRole.MODERATOR));
  }

  private void who(Ledger ledger, MailingList list, MailCommands.Asker asker, Answers answers) {
    boolean staff = isModerator(ledger, list, asker.address());
    boolean allowed =
        asker.proven()
            && switch (list.settings().membership().rosterAccess()) {
              case MODERATORS -> staff;
              case MEMBERS -> staff || Subscriptions.isMember(ledger, list.id(), asker.address());
              case PUBLIC -> true;
            };
    if (!allowed) {
      answers.say("who", Phrase.MEMBERS_NOT_SHOWN.say(list.address()));
      return;
    }
    List<String> shown = new ArrayList<>();
    int[] more = {0};
    ledger.eachMember(
        list.id(),
        member -> {
          if (member.roles().contains(MemberRole.MEMBER)
              && (staff || !member.options().concealed())) {
            if (shown.size() < MOST_MEMBERS) {
              shown.add(line(member));
            } else {
              more[0]++;
            }
          }
        });
    answers.note("who");
    answers.add(texts.roster(ledger, list, asker.address(), shown, more[0]));
  }

  private void show(Ledger ledger, MailingList list, MailCommands.Asker asker, Answers answers) {
    ledger
        .member(list.id(), asker.address())
        .filter(_ -> asker.proven())
        .ifPresentOrElse(
            member -> {
              answers.note("options");
              answers.add(texts.options(ledger, list, member));
            },
            () -> answers.add(texts.notMember(ledger, list, asker.address())));
  }

  private static List<MailingList> advertised(Ledger ledger) {
    return ledger.lists().stream()
        .filter(list -> list.settings().membership().advertised() && !list.closedForGood())
        .limit(MOST_LISTS)
        .toList();
  }

  private static List<MailingList> listsOf(Ledger ledger, MailCommands.Asker asker) {
    return asker.proven()
        ? ledger.lists().stream()
            .filter(list -> Subscriptions.isMember(ledger, list.id(), asker.address()))
            .limit(MOST_LISTS)
            .toList()
        : List.of();
  }

  private static boolean has(
      Ledger ledger, MailingList list, MailAddress address, Set<MemberRole> roles) {
    return ledger.member(list.id(), address).stream()
        .flatMap(member -> member.roles().stream())
        .anyMatch(roles::contains);
  }

  private static String line(Member member) {
    return member.displayName().isEmpty()
        ? member.address().toString()
        : member.address() + " (" + member.displayName() + ")";
  }
}
