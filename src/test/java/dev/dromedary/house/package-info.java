/** What holds of the whole house: packages, routes and documents are what they say they are. */
@NullMarked
package dev.dromedary.house;

import org.jspecify.annotations.NullMarked;
