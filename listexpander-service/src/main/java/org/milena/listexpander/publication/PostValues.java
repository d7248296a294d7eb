package org.milena.listexpander.publication;

import java.util.Optional;
import java.util.OptionalLong;
import org.milena.listexpander.preparation.content.PersonalMarks;

/**
 * What a list's texts may say of a post.
 *
 * @param number of the post, where the list numbers them
 * @param archivedAt where it is to be read; empty when the list keeps no archive
 * @param marks what stands for what is each recipient's own
 */
public record PostValues(OptionalLong number, Optional<String> archivedAt, PersonalMarks marks) {}
