package org.milena.scanner.icap;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.milena.scanner.icap.Reply.Given;
import org.milena.scanner.scan.EngineVerdict;
import org.milena.scanner.scan.NotScannedException;

/** What a reply to RESPMOD means, row by row. What no row knows is "not scanned". */
final class ReplyTable {

  private record Row(Predicate<Reply> when, EngineVerdict verdict) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              reply -> reply.icap().status() == 200 && httpStatus(reply) == 403,
              new EngineVerdict.Infected("blocked by the service (403)")),
          // it decided by name, type, size or the first octets: nobody has read the rest
          new Row(
              reply -> unchanged(reply) && !reply.whole(),
              new EngineVerdict.Unscannable("the service did not want to see all of it")),
          new Row(ReplyTable::unchanged, new EngineVerdict.Clean()));

  private ReplyTable() {}

  /**
   * The verdict.
   *
   * @throws NotScannedException for every reply that is none
   */
  static EngineVerdict read(Reply reply) throws NotScannedException {
    int status = reply.icap().status();
    if (status == 200 || status == 204) {
      Optional<EngineVerdict> found = Findings.in(reply.icap(), reply.http());
      if (found.isPresent()) {
        return found.get();
      }
    }
    for (Row row : ROWS) {
      if (row.when().test(reply)) {
        return row.verdict();
      }
    }
    throw new NotScannedException(why(reply));
  }

  private static boolean unchanged(Reply reply) {
    return switch (reply.icap().status()) {
      case 204 -> reply.mayBeUnchanged();
      case 200 -> httpStatus(reply) == 200 && reply.given() == Given.SAME;
      default -> false;
    };
  }

  private static int httpStatus(Reply reply) {
    return reply.http().map(Head::status).orElse(0);
  }

  private static String why(Reply reply) {
    String answered = "it answered " + reply.icap().statusText();
    return switch (reply.icap().status()) {
      case 204 -> answered + " where it was not allowed to";
      case 200 -> answered + " with another message and no reason: HTTP " + httpStatus(reply);
      default -> answered;
    };
  }
}
