package org.milena.archive.search;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Form;
import org.milena.archive.search.Query.Side;
import org.milena.archive.search.Query.Timestamp;
import org.milena.archive.search.Query.Trait;

/** Trees in normal form, within the limits of the parser. */
final class RandomTrees {
  private final SplittableRandom random;
  private int xors;
  private int threads;
  private int leaves;

  RandomTrees(SplittableRandom random) {
    this.random = random;
  }

  Query next() {
    return tree(4);
  }

  private Query tree(int depth) {
    int kind = depth == 0 || leaves > 12 ? 9 : random.nextInt(10);
    return switch (kind) {
      case 0, 1 -> Queries.and(parts(depth));
      case 2, 3 -> Queries.or(parts(depth));
      case 4 -> ++xors > 2 ? leaf() : new Query.Xor(tree(depth - 1), tree(depth - 1));
      case 5 -> Queries.not(tree(depth - 1));
      case 6 -> ++threads > 3 ? leaf() : new Query.InThread(tree(depth - 1));
      default -> leaf();
    };
  }

  private List<Query> parts(int depth) {
    List<Query> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= -1; i--) {
      parts.add(tree(depth - 1));
    }
    return parts;
  }

  private Query leaf() {
    leaves++;
    return switch (random.nextInt(13)) {
      case 0, 1, 2 -> words(one(Field.values()), one(Form.values()));
      case 3 -> {
        Field field = one(Field.values());
        Form form = random.nextBoolean() ? Form.STEM : Form.EXACT;
        leaves++;
        yield new Query.Near(
            List.of(words(field, form), words(field, form)),
            1 + random.nextInt(100),
            random.nextBoolean());
      }
      case 4 -> {
        QueryDate date = date();
        yield new Query.Dated(one(Timestamp.values()), date, random.nextBoolean() ? date : null);
      }
      case 5 -> new Query.Before(date());
      case 6 ->
          new Query.Aged(
              random.nextBoolean(),
              random.nextInt(1000),
              one(new QueryDate.Unit[] {QueryDate.Unit.HOUR, QueryDate.Unit.YEAR}));
      case 7 -> new Query.OfList(word(), random.nextBoolean());
      case 8 -> new Query.OfMessageId(word(), random.nextBoolean());
      case 9 -> new Query.References(word());
      case 10 -> new Query.Is(one(Trait.values()));
      case 11 -> new Query.Sized(random.nextBoolean(), random.nextInt(1_000_000));
      default -> new Query.Blob(one(Side.values()), "0badcafe");
    };
  }

  private QueryDate date() {
    QueryDate.Unit unit =
        one(new QueryDate.Unit[] {QueryDate.Unit.DAY, QueryDate.Unit.WEEK, QueryDate.Unit.MONTH});
    return switch (random.nextInt(4)) {
      case 0 -> new QueryDate.Ago(random.nextInt(100), unit);
      case 1 -> new QueryDate.Current(random.nextBoolean(), unit);
      case 2 -> new QueryDate.OnDay(one(DayOfWeek.values()));
      default -> new QueryDate.InMonth(one(Month.values()));
    };
  }

  private Query.Words words(Field field, Form form) {
    return new Query.Words(field, form == Form.EXACT ? word() + " " + word() : word(), form);
  }

  private String word() {
    return one(new String[] {"kernel", "e1000e-driver", "ärger", "x.y@z", "漢字"});
  }

  private <T> T one(T[] all) {
    return all[random.nextInt(all.length)];
  }
}
