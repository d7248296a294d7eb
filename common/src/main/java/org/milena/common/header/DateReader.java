package org.milena.common.header;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes out one date word by word, each word by its form and by what is still missing. */
final class DateReader {

  private static final int MAX_LENGTH = 1000;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
  private static final String DAYS = "montuewedthufrisatsun";

  /** Minutes east of Greenwich: those of RFC 5322 section 4.3, and what European programs write. */
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("edt", -240),
          Map.entry("est", -300),
          Map.entry("cdt", -300),
          Map.entry("cst", -360),
          Map.entry("mdt", -360),
          Map.entry("mst", -420),
          Map.entry("pdt", -420),
          Map.entry("pst", -480),
          Map.entry("wet", 0),
          Map.entry("west", 60),
          Map.entry("bst", 60),
          Map.entry("cet", 60),
          Map.entry("met", 60),
          Map.entry("mez", 60),
          Map.entry("cest", 120),
          Map.entry("mest", 120),
          Map.entry("mesz", 120),
          Map.entry("eet", 120),
          Map.entry("eest", 180),
          Map.entry("jst", 540),
          Map.entry("kst", 540));

  private final String text;

  private int day = -1;
  private int month = -1;
  private int year = -1;
  private int secondOfDay = -1;
  private int zoneMinutes;
  private boolean zoneKnown;

  DateReader(String text) {
    this.text = text;
  }

  Optional<Instant> read() {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    for (String word : withoutComments().toLowerCase(Locale.ROOT).split("[\\s,]+", -1)) {
      if (!word.isEmpty()) {
        word(word);
      }
    }
    if (day < 0 || month < 0 || year < 0) {
      return Optional.empty();
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      long seconds = days * 86_400 + Math.max(secondOfDay, 0) - zoneMinutes * 60L;
      return Optional.of(Instant.ofEpochSecond(seconds));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private String withoutComments() {
    var rest = new StringBuilder(text.length());
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
        rest.append(' ');
      } else if (c == ')') {
        depth = Math.max(0, depth - 1);
      } else if (depth == 0) {
        rest.append(c == '"' ? ' ' : c);
      }
    }
    return rest.toString();
  }

  private void word(String word) {
    char c = word.charAt(0);
    if ((c == '+' || c == '-') && word.length() > 1 && isDigit(word.charAt(1))) {
      zone(word);
    } else if (isDigit(c)) {
      number(word);
    } else if (c >= 'a' && c <= 'z') {
      name(word);
    }
  }

  private void number(String word) {
    int colon = word.indexOf(':');
    int iso = word.indexOf('t');
    if (colon > iso && iso > 0 && word.indexOf('-') > 0) {
      number(word.substring(0, iso));
      number(word.substring(iso + 1));
    } else if (colon > 0) {
      time(word, ':');
    } else if (word.indexOf('-') > 0 || word.indexOf('/') > 0) {
      parts(word.split("[-/]", -1));
    } else if (secondOfDay < 0 && day > 0 && word.matches("\\d{1,2}\\.\\d{2}(\\.\\d{2})?")) {
      time(word, '.'); // 17.06.23, seen from Finnish and Italian programs
    } else {
      plainNumber(word.endsWith(".") ? word.substring(0, word.length() - 1) : word);
    }
  }

  /** 22-Feb-2008, 2008-02-22, 22-02-2008; of 2/3/2008 nobody knows what it means. */
  private void parts(String[] parts) {
    boolean dayFirst = parts.length == 3 && parts[2].length() == 4 && value(parts[1]) > 0;
    if (!dayFirst) {
      for (String part : parts) {
        if (!part.isEmpty()) {
          word(part);
        }
      }
      return;
    }
    int first = value(parts[0]);
    int second = value(parts[1]);
    boolean american = second > 12;
    if (first > 12 || american) {
      day = american ? second : first;
      month = american ? first : second;
      year = value(parts[2]);
    }
  }

  private void plainNumber(String digits) {
    int value = value(digits);
    if (value < 0) {
      return;
    }
    if (day < 0 && (digits.length() <= 2 || digits.startsWith("0"))) {
      day = value;
    } else if (year < 0 && year(digits, value)) {
      return;
    } else if (month < 0 && digits.length() <= 2 && year >= 0) {
      // ISO order, year first: what was taken for the day is the month
      month = day;
      day = value;
    } else if (secondOfDay >= 0 && !zoneKnown && digits.length() == 4) {
      zone("+" + digits);
    }
  }

  /** Years of two and three digits are of the last century and this (RFC 5322 section 4.3). */
  private boolean year(String digits, int value) {
    year =
        switch (digits.length()) {
          case 2 -> value < 50 ? 2000 + value : 1900 + value;
          case 3 -> 1900 + value;
          case 4 -> value;
          default -> -1;
        };
    return year >= 0;
  }

  /** 12:34, 12:34:56, with a fraction, with the zone attached. */
  private void time(String word, char separator) {
    int[] parts = new int[3];
    int count = 0;
    int i = 0;
    while (count < 3 && i < word.length() && isDigit(word.charAt(i))) {
      int end = digitsEnd(word, i);
      parts[count++] = number(word, i, end);
      i = end;
      if (i + 1 < word.length() && word.charAt(i) == separator && isDigit(word.charAt(i + 1))) {
        i++;
      } else {
        break;
      }
    }
    if (i < word.length() && (word.charAt(i) == '.' || word.charAt(i) == ',')) {
      i = digitsEnd(word, i + 1);
    }
    // 24:00 and leap seconds are moments, too; with an impossible time the day is still known
    boolean time = count >= 2 && parts[0] <= 24 && parts[1] <= 59 && parts[2] <= 60;
    secondOfDay = time ? parts[0] * 3600 + parts[1] * 60 + parts[2] : 0;
    if (i < word.length()) {
      word(word.substring(i));
    }
  }

  private void name(String word) {
    String name = word.length() > 3 ? word.substring(0, 3) : word;
    int found = name.length() == 3 ? MONTHS.indexOf(name) : -1;
    if (month < 0 && found >= 0 && found % 3 == 0) {
      month = found / 3 + 1;
      return;
    }
    int dayName = name.length() == 3 ? DAYS.indexOf(name) : -1;
    if (dayName >= 0 && dayName % 3 == 0) {
      return;
    }
    if (word.equals("pm") && secondOfDay >= 0 && secondOfDay < 12 * 3600) {
      secondOfDay += 12 * 3600;
    } else if (word.equals("am") && secondOfDay >= 12 * 3600 && secondOfDay < 13 * 3600) {
      secondOfDay -= 12 * 3600;
    } else if (secondOfDay >= 0 && !zoneKnown) {
      int sign = Math.max(word.indexOf('+'), word.indexOf('-'));
      if (sign > 0 && sign + 1 < word.length() && isDigit(word.charAt(sign + 1))) {
        zone(word.substring(sign)); // GMT+0100
      } else {
        // any other name, military letters too, says nothing (RFC 5322 section 4.3)
        zoneMinutes = ZONES.getOrDefault(word, 0);
      }
    }
  }

  /** A number wins over a name, and the first over others. */
  private void zone(String word) {
    if (zoneKnown || secondOfDay < 0) {
      return;
    }
    int colon = word.indexOf(':');
    int firstEnd = colon > 0 ? colon : digitsEnd(word, 1);
    int digits = firstEnd - 1;
    int hours;
    int minutes = 0;
    if (digits <= 2) {
      hours = number(word, 1, firstEnd);
      minutes = colon > 0 ? number(word, colon + 1, digitsEnd(word, colon + 1)) : 0;
    } else {
      int hourEnd = digits == 3 ? 2 : 3;
      hours = number(word, 1, hourEnd);
      minutes = number(word, hourEnd, hourEnd + 2);
    }
    zoneKnown = true;
    // nonsense such as -2400 or +9999 counts as unknown
    boolean sane = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60;
    zoneMinutes = sane ? (word.charAt(0) == '-' ? -1 : 1) * (hours * 60 + minutes) : 0;
  }

  private static int digitsEnd(String word, int from) {
    int i = from;
    while (i < word.length() && isDigit(word.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int value(String word) {
    return number(word, 0, word.length());
  }

  /** One to four digits and nothing else, or -1. */
  private static int number(String word, int from, int to) {
    if (to <= from || to - from > 4 || to > word.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(word.charAt(i))) {
        return -1;
      }
      value = value * 10 + word.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
