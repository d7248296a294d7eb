package org.milena.listexpander.migration.mailman2;

import java.util.Optional;

/**
 * Texts of the list, as they stand in Mailman: {@link TemplateText} reads the headers and footers
 * and the automatic answers. Welcome and goodbye have no placeholders.
 *
 * @param dollarStrings whether placeholders begin with a dollar sign
 */
public record ListTexts(
    Optional<String> msgHeader,
    Optional<String> msgFooter,
    Optional<String> digestHeader,
    Optional<String> digestFooter,
    Optional<String> welcomeMsg,
    Optional<String> goodbyeMsg,
    Optional<Boolean> dollarStrings) {}
