/** {@code descent recommend}: factors of users and items, learned by the rows that a step uses. */
@NullMarked
package dev.descent.examples.recommend;

import org.jspecify.annotations.NullMarked;
