package org.milena.benchmarks.directory;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.milena.benchmarks.server.ExpanderServer;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * Who is on which list. A quarter as many people as memberships, so that most are on several lists;
 * half of them at five large providers, the others at two thousand small ones. Two lists are large:
 * {@link #LARGE}, and {@link #CONCEALED}, whose members do not show themselves. The others share
 * the rest.
 */
final class Population {
  /** The number of the list that posts go to. */
  static final int LARGE = 0;

  /** The number of the list on which everybody is concealed. */
  static final int CONCEALED = 1;

  /** The number of a list that is neither. */
  static final int ORDINARY = 2;

  /** A list that nobody is on. */
  static final MailAddress EMPTY = MailAddress.of("empty@" + ExpanderServer.DOMAIN);

  private static final int PROVIDERS = 5;
  private static final int SMALL_DOMAINS = 2_000;

  private final Size size;
  private final int people;

  Population(Size size) {
    this.size = size;
    this.people = Math.max(size.large(), size.memberships() / 4);
  }

  /** How many different people there are. */
  int people() {
    return people;
  }

  /** Somebody's address. */
  MailAddress person(int number) {
    String domain =
        number % 2 == 0
            ? "provider" + number / 2 % PROVIDERS + ".example.com"
            : "host" + number / 2 % SMALL_DOMAINS + ".example.net";
    return MailAddress.of("first.last" + number + "@" + domain);
  }

  /** What somebody is called. */
  static String name(int number) {
    return "First Last " + number;
  }

  /** Where one posts to a list. */
  static MailAddress list(int number) {
    return MailAddress.of(String.format(Locale.ROOT, "list%04d@%s", number, ExpanderServer.DOMAIN));
  }

  /** What a list is called in keys. */
  static ListId id(int number) {
    return ListId.forAddress(list(number));
  }

  /** The ids of all lists. */
  List<ListId> ids() {
    return IntStream.range(0, size.lists()).mapToObj(Population::id).toList();
  }

  /** The numbers of the people on a list. */
  IntStream members(int list) {
    if (list < ORDINARY) {
      return IntStream.range(0, size.large());
    }
    long others = size.lists() - (long) ORDINARY;
    long rest = size.memberships() - (long) ORDINARY * size.large();
    long from = rest * (list - ORDINARY) / others;
    long to = rest * (list - ORDINARY + 1) / others;
    return IntStream.range(0, (int) (to - from)).map(i -> (int) ((from + i) % people));
  }

  /** {@link #LARGE} as a file of members. */
  List<String> file() {
    return Stream.concat(
            Stream.of("address,name"),
            members(LARGE).mapToObj(number -> person(number) + "," + name(number)))
        .toList();
  }

  /** The keys of the members of a large list, in the order of pages. */
  List<String> keys() {
    return members(LARGE).mapToObj(number -> person(number).key()).sorted().toList();
  }
}
