/**
 * The layering of the house as rules that can fail.
 *
 * <p>It promises that a module which takes in {@link org.milena.testkit.rules.HouseRules} cannot
 * let a technology, another service or the wall clock into a room that must not know it. It reads
 * compiled classes and touches nothing else.
 *
 * <p>Why: a drawing of the layers is believed, a rule is obeyed.
 */
@NullMarked
package org.milena.testkit.rules;

import org.jspecify.annotations.NullMarked;
