/**
 * What an owner can set for a list, in groups: who may post, who may join, what members get.
 *
 * <p>Promises that every setting has a default that is right for a discussion list, that a record
 * of an older version reads with the defaults of what it does not know, and that a setting has one
 * name everywhere: here, in records, over REST and on the command line.
 *
 * <p>Touches {@code common.event} and the JSON library.
 *
 * <p>Why the names are flat outside and grouped here: who sets one thinks of its name; code asks
 * for the group it is about. Why a change is a {@link org.milena.common.settings.SettingsPatch}:
 * two who change different settings at once must not undo each other's change.
 */
@NullMarked
package org.milena.common.settings;

import org.jspecify.annotations.NullMarked;
