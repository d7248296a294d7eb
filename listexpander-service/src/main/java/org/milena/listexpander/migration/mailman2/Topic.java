package org.milena.listexpander.migration.mailman2;

/**
 * A topic that members may choose.
 *
 * @param pattern verbose regular expression of Python; its lines are alternatives
 */
public record Topic(String name, String pattern, String description) {}
