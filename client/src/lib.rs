//! A client for vSphere: sessions, bulk property retrieval, views, tasks.
