/// Help requests referred to professional partners, and what they answer.
@NullMarked
package io.linli.partner.referral;

import org.jspecify.annotations.NullMarked;
