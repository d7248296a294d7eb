package org.milena.listexpander.publication;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a list's texts may say of a post.
 *
 * @param number of the post, where the list numbers them
 * @param archivedAt where it is to be read; empty when the list keeps no archive
 */
public record PostValues(OptionalLong number, Optional<String> archivedAt) {}
