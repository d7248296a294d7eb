package org.milena.scanner.authentication.results;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.milena.common.header.HeaderField;

/**
 * Fields that claim to come from a host: Authentication-Results under its name (RFC 8601 section
 * 5), and Received-SPF that says it was the receiver (RFC 7208 section 9.1), which we never write.
 *
 * <p>Exactly this name counts: hosts below it are others, as far as we know. Where a field is
 * broken so that its name depends on who reads it, it is enough that the name stands in it.
 */
final class ClaimsOf implements Predicate<HeaderField> {

  private final String host;
  private final Pattern anywhere;
  private final Pattern receiver;

  ClaimsOf(String host) {
    this.host = AuthservIdReader.canonical(host);
    String whole = Pattern.quote(this.host) + "\\.?(?![a-z0-9._-])";
    this.anywhere = Pattern.compile("(?<![a-z0-9._-])" + whole);
    // receiver=us, and the comment in front that says who speaks: pass (us: domain of …)
    this.receiver =
        Pattern.compile(
            "receiver\\s{0,99}=\\s{0,99}\"?"
                + whole
                + "|^[a-z]{1,20}\\s{0,99}\\(\\s{0,99}"
                + whole);
  }

  @Override
  public boolean test(HeaderField field) {
    if (field.isNamed(AuthenticationResultsField.NAME)) {
      return isAuthservId(field.value());
    }
    return field.isNamed("Received-SPF") && isReceiver(field.value());
  }

  boolean isAuthservId(String value) {
    AuthservIdReader.Readings readings = AuthservIdReader.read(value);
    return readings.names().contains(host)
        || (readings.broken() && anywhere.matcher(AuthservIdReader.visible(value)).find());
  }

  private boolean isReceiver(String value) {
    return receiver.matcher(AuthservIdReader.visible(value)).find();
  }
}
