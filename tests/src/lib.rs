//! Tests of the vmomi workspace against real servers and recorded conversations.
