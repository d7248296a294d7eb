package org.milena.listexpander.migration.mailman2;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Characters by their number, as {@code &#8364;}: what browsers send where a page's character set
 * does not have them. Mailman reads them so in a description.
 */
final class CharacterReferences {
  private static final Pattern REFERENCE = Pattern.compile("&#([0-9]{1,7});");

  /** The same text with the characters; a number that is of none stays. */
  static String decode(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> {
          int number = Integer.parseInt(match.group(1));
          boolean character =
              Character.isDefined(number)
                  && !Character.isISOControl(number)
                  && Character.getType(number) != Character.SURROGATE;
          return Matcher.quoteReplacement(character ? Character.toString(number) : match.group());
        });
  }

  private CharacterReferences() {}
}
